// What the tests of the page share: a browser, a page that reports what goes wrong on it, and a way to the server.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

export const { PAGE, INGRESS, CONTROL, ENDPOINT } = process.env;
const ADMIN = new URL('../', PAGE);
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--mute-audio',
  // The last of these flags counts, so it repeats what Playwright needs. A spare process for each page is what costs.
  '--disable-features=SpareRendererForSitePerProcess,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,'
    + 'HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,'
    + 'OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,Translate'];
const WAIT = 30_000;

let launched = null;
after(async () => (await launched)?.close());

/** The browser, which all tests of a file share. */
export function browser() {
  launched ??= chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  return launched;
}

/**
 * Opens the page. The test fails when something on it fails: an error on the console, a fault in a script, an answer that is
 * none, unless `expects` says so.
 */
export async function visit(t, path, { dark = false, width = 1280, height = 800, expects = [] } = {}) {
  const context = await (await browser()).newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT);
  const problems = [];
  const note = (text) => expects.some((expected) => expected.test(text)) || problems.push(text);
  page.on('console', (message) => message.type() === 'error' && note('console: ' + message.text()));
  page.on('pageerror', (error) => note('fault: ' + error.message));
  page.on('response', (response) => response.status() >= 400 && note(`${response.status()} ${response.url()} ${response.request().postData() ?? ''}`));
  page.on('dialog', (dialog) => note('dialog: ' + dialog.message()));
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, []);
  });
  await page.goto(new URL(path, PAGE).href, { waitUntil: 'domcontentloaded' });
  return page;
}

/** Sends a call, and answers the invocation's id. */
export async function send(target, body, { delay = '' } = {}) {
  const response = await fetch(`${INGRESS}/${target}/send${delay && '?delay=' + delay}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(answer.invocationId, JSON.stringify(answer));
  return answer.invocationId;
}

/** The rows of a query. */
export async function sql(query) {
  const response = await fetch(new URL('query', ADMIN), {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ query }),
  });
  assert.equal(response.status, 200, query);
  return (await response.json()).rows;
}

/** Waits until an invocation has a status. */
export async function becomes(id, ...statuses) {
  return until(`${id} to be ${statuses}`, async () => {
    const [row] = await sql(`SELECT status FROM sys_invocation WHERE id = '${id}'`);
    return statuses.includes(row?.status ?? 'gone');
  });
}

/** Waits until something holds. */
export async function until(what, condition, patience = WAIT) {
  const end = Date.now() + patience;
  while (!await condition()) {
    assert.ok(Date.now() < end, 'waited in vain for ' + what);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Has the server do something: `register`, `kill`, `start`. */
export async function control(what) {
  assert.equal((await fetch(`${CONTROL}/${what}`, { method: 'POST' })).status, 204);
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails on what hinders people: contrast, names, roles, order. */
export async function accessible(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  assert.deepEqual(serious.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), []);
}

/** Fails when something is wider than the window. */
export async function fits(page) {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= window, `${page.url()} is ${wide} wide in a window of ${window}`);
}

/** Begins to measure how many milliseconds of script the page needs; what it answers ends that. */
export async function scripted(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Profiler.enable');
  await client.send('Profiler.start');
  return async () => {
    const { profile } = await client.send('Profiler.stop');
    const idle = new Set(profile.nodes.filter((node) => ['(idle)', '(program)', '(root)'].includes(node.callFrame.functionName)).map((node) => node.id));
    return profile.samples.reduce((sum, sample, i) => sum + (idle.has(sample) ? 0 : profile.timeDeltas[i]), 0) / 1_000;
  };
}
