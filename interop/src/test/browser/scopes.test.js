// What is in scopes is told apart, and a slow network changes no answer.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { becomes, control, INGRESS, visit } from './browser.js';

async function inScope(scope, target, body) {
  const response = await fetch(`${INGRESS}/restate/scope/${scope}/send/${target}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (await response.json()).invocationId;
}

async function outside(target, body) {
  const response = await fetch(`${INGRESS}/${target}/send`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (await response.json()).invocationId;
}

before(async () => {
  await control('register');
  await becomes(await inScope('tenant-1', 'Counter/shared/add', 7), 'completed');
  await becomes(await outside('Counter/shared/add', 5), 'completed');
  await becomes(await inScope('tenant-1', 'Counter/shared/hold', 1), 'suspended', 'running');
  await inScope('tenant-1', 'Counter/shared/add', 1);
});

test('an object in a scope is another than the one outside', async (t) => {
  const page = await visit(t, 'objects?service=Counter&key=shared');
  await page.getByRole('row', { name: /Counter\/shared in scope tenant-1 1 / }).waitFor();
  await page.getByRole('row', { name: /Counter\/shared 0 nobody/ }).waitFor();
  await page.getByRole('link', { name: 'Counter/shared' }).first().click();
  await page.getByText('in scope tenant-1').waitFor();
  await page.getByRole('region', { name: 'State' }).getByText('7').waitFor();
  await page.getByRole('region', { name: 'Lock' }).getByText('1 other').waitFor();
  await page.goto(page.url().split('?')[0]);
  await page.getByRole('region', { name: 'State' }).getByText('5').waitFor();
  await page.getByText('Nobody holds it').waitFor();
});

test('on a slow network it says that it loads, and shows what was asked for last', async (t) => {
  const page = await visit(t, 'invocations');
  await page.getByRole('row', { name: /Counter\/shared/ }).first().waitFor();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: 700, downloadThroughput: 40_000, uploadThroughput: 40_000 });
  const search = page.getByLabel('Search invocations');
  await search.fill('handler:hold');
  await search.press('Enter');
  await page.locator('.loading').first().waitFor();
  await search.fill('handler:add');
  await search.press('Enter');
  await page.getByRole('row', { name: /Counter\/shared\/add/ }).first().waitFor();
  await page.waitForTimeout(1_500); // what was asked for before would have come by now
  assert.equal(await page.getByRole('row', { name: /Counter\/shared\/hold/ }).count(), 0);
});
