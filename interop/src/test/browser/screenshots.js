// Makes the screenshots of docs/ui.md: every page, light and dark, on a server with something of everything.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const { PAGE, INGRESS, CONTROL, CHROMIUM, SCREENSHOTS } = process.env;
const WIDTH = 1200;
const HEIGHT = 720;

async function send(target, body, query = '') {
  const response = await fetch(`${INGRESS}/${target}/send${query}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  return (await response.json()).invocationId;
}

async function sql(query) {
  const response = await fetch(new URL('../query', PAGE), {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ query }),
  });
  return (await response.json()).rows;
}

async function until(condition) {
  while (!await condition()) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

await fetch(CONTROL + '/register', { method: 'POST' });
const ids = {};
ids.order = await send('Shop/order', 'a book');
ids.race = await send('Shop/race', 'tea');
ids.approve = await send('Shop/approve', 'leave');
ids.flaky = await send('Shop/flaky', 'mail');
for (const key of ['ada', 'bob', 'eve']) {
  await send(`Counter/${key}/add`, 3);
}
await send('Counter/ada/hold', 60);
ids.pending = await send('Counter/ada/add', 1);
await send('Shop/refuse', 'tea pot');
await send('Shop/echo', 'tomorrow', '?delay=1d');
for (let i = 0; i < 12; i++) {
  await send(i % 3 ? 'Shop/echo' : 'Shop/many', i % 3 ? 'hello ' + i : 5);
}
for (const id of [ids.order, ids.race]) {
  await until(async () => (await sql(`SELECT status FROM sys_invocation WHERE id = '${id}'`))[0]?.status === 'completed');
}
await until(async () => (await sql(`SELECT id FROM sys_journal_events WHERE id = '${ids.flaky}'`)).length > 0);

/** A name, an address, and what to do before. @type {[string, string, ((page: import('playwright-core').Page) => Promise<void>)?][]} */
const SHOTS = [
  ['invocations', 'invocations'],
  ['timeline', 'invocations/' + ids.race],
  ['calls', 'invocations/' + ids.order, async (page) => {
    await page.locator('button.fold').first().click();
    await page.getByRole('button', { name: 'run(charge)' }).waitFor();
  }],
  ['waiting', 'invocations/' + ids.approve],
  ['failures', `invocations/${ids.flaky}?tab=failures`],
  ['journal', `invocations/${ids.order}?tab=journal`],
  ['engine', 'engine', async (page) => {
    await page.getByText('Plotted since this page was opened').waitFor();
  }],
];

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
fs.mkdirSync(SCREENSHOTS, { recursive: true });
for (const theme of ['light', 'dark']) {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: /** @type {any} */ (theme), reducedMotion: 'reduce' });
  const page = await context.newPage();
  // Where the data of this server lies is of no interest to readers.
  await page.route('**/internal/engine', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), folder: '/var/lib/reprise/data' } });
  });
  await page.goto(PAGE);
  await page.locator('nav a').first().waitFor();
  const known = new Set(SHOTS.map(([, address]) => address));
  const others = (await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
    .map((href) => [href.split('/').pop(), href.slice(href.indexOf('/ui/') + 4)]).filter(([, address]) => !known.has(address));
  for (const [name, address, act] of [...SHOTS, ...others]) {
    await page.goto(new URL(address, PAGE).href, { waitUntil: 'domcontentloaded' });
    await page.locator('.loading').waitFor({ state: 'detached' });
    await page.waitForTimeout(1_000);
    if (act) {
      await act(page);
    }
    await page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${theme}.png`) });
  }
  await context.close();
}
await browser.close();
