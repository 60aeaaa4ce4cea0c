// What the page costs on a server with many invocations. What is done is bounded here; how long it takes is printed, since it
// depends on what else the machine does.
import assert from 'node:assert/strict';
import http from 'node:http';
import { before, test } from 'node:test';
import { control, INGRESS, PAGE, sql, until, visit } from './browser.js';

const INVOCATIONS = Number(process.env.INVOCATIONS);
const AT_ONCE = 64;
const FIRST_LOAD_BYTES_MAX = 200 * 1024;
const LATER_BYTES_MAX = 200 * 1024;
const QUERIES_MAX = 8;
const WATCHED_MILLIS = 30_000;

/** Sends one of many: most end at once, some fail, a few wait. */
function one(agent, i) {
  const [target, body] = i % 50 === 0 ? ['Shop/refuse', 'item ' + i] : i % 1_000 === 1 ? ['Shop/approve', 'leave ' + i] : ['Shop/echo', 'hello ' + i];
  return new Promise((resolve, reject) => {
    const request = http.request(`${INGRESS}/${target}/send`, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode < 300 ? resolve() : reject(new Error(`${target}: ${response.statusCode}`))));
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

before(async () => {
  await control('register');
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < INVOCATIONS) {
      await one(agent, next++);
    }
  }));
  agent.destroy();
  await until('all to have run', async () => Number((await sql("SELECT COUNT(*) AS n FROM sys_invocation WHERE status <> 'completed' AND target <> 'Shop/approve'"))[0].n) === 0, 600_000);
}, { timeout: 3_600_000 });

/** Opens a page, and measures until something of it is shown. */
async function measured(t, path, shown) {
  const page = await visit(t, 'no/such/page');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  let queries = 0;
  client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  page.on('request', (request) => request.url().endsWith('/query') && queries++);
  const begun = performance.now();
  await page.goto(new URL(path, PAGE).href, { waitUntil: 'commit' });
  await shown(page).first().waitFor();
  const took = performance.now() - begun;
  t.diagnostic(`${path || 'the first'}: ${Math.round(took)} ms, ${queries} queries, ${Math.round(bytes / 1024)} KiB, of ${INVOCATIONS} invocations`);
  assert.ok(queries <= QUERIES_MAX, `${queries} queries`);
  assert.ok(bytes <= LATER_BYTES_MAX, `${bytes} bytes`);
  return page;
}

const SCREENS = [
  ['overview', (page) => page.getByRole('row', { name: /Shop\/echo/ })],
  ['invocations', (page) => page.getByRole('row', { name: /Shop\// })],
  ['invocations?status=failed', (page) => page.getByRole('row', { name: /Shop\/refuse/ })],
  ['invocations?q=nobody', (page) => page.getByText('No invocation matches')],
  ['services', (page) => page.getByRole('row', { name: /Shop/ })],
  ['objects', (page) => page.getByText(/No |Counter/)],
  ['waits', (page) => page.getByText(/awakeable/)],
  ['engine', (page) => page.getByText(/partitions?$/)],
  ['sql', (page) => page.getByRole('button', { name: /Run/ })],
];

for (const [path, shown] of SCREENS) {
  test(path, (t) => measured(t, path, shown));
}

test('the newest are at the top, however many there are', async (t) => {
  const page = await measured(t, 'invocations', (page) => page.getByRole('row', { name: /Shop\// }));
  const response = await fetch(`${INGRESS}/Shop/echo/send`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '"the last"' });
  const { invocationId } = await response.json();
  await page.getByRole('row').nth(1).getByText(invocationId.slice(-6)).or(page.getByRole('row').nth(1).locator(`a[href*="${invocationId}"]`)).first().waitFor();
  if (INVOCATIONS > 20_000) {
    await page.getByRole('note').getByText('that ended last').waitFor();
  }
});

async function cpuSeconds() {
  const text = await (await fetch(new URL('../internal/metrics', PAGE))).text();
  const found = /^process_cpu_time_ns_total(?:\{[^}]*\})? (\S+)/m.exec(text);
  return found ? Number(found[1]) / 1e9 : NaN;
}

test('an open overview costs next to nothing', async (t) => {
  const page = await visit(t, 'no/such/page');
  const percent = async () => {
    const begun = await cpuSeconds();
    await page.waitForTimeout(WATCHED_MILLIS);
    return (await cpuSeconds() - begun) / WATCHED_MILLIS * 100_000;
  };
  const without = await percent();
  await page.goto(new URL('overview', PAGE).href, { waitUntil: 'commit' });
  await page.getByRole('row', { name: /Shop\/echo/ }).waitFor();
  let queries = 0;
  page.on('request', (request) => request.url().endsWith('/query') && queries++);
  const watched = await percent();
  t.diagnostic(`${watched.toFixed(2)} % of a core with an overview open, ${without.toFixed(2)} % without one; ${queries} queries in ${WATCHED_MILLIS / 1_000} s`);
  assert.ok(queries <= 8, `${queries} queries`);
});

test('the first load is small', async (t) => {
  const page = await visit(t, 'no/such/page');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto(new URL('overview', PAGE).href, { waitUntil: 'load' });
  await page.getByRole('row', { name: /Shop\/echo/ }).waitFor();
  t.diagnostic(`${Math.round(bytes / 1024)} KiB for the first load`);
  assert.ok(bytes <= FIRST_LOAD_BYTES_MAX, `${bytes} bytes`);
});
