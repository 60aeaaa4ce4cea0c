// A server to which nothing was told yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, control, PAGE, send, visit } from './browser.js';

test('the top of the admin port leads to the page', async () => {
  const response = await fetch(new URL('../', PAGE), { redirect: 'follow' });
  assert.equal(response.url, PAGE);
  assert.match(response.headers.get('content-type'), /text\/html/);
});

test('the first load is small', async (t) => {
  const page = await visit(t, '');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => bytes += event.encodedDataLength);
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload({ waitUntil: 'load' });
  await page.getByRole('navigation').waitFor();
  await page.waitForTimeout(1_000);
  t.diagnostic(`${bytes} bytes`);
  assert.ok(bytes > 10_000 && bytes <= 200 * 1024, `${bytes} bytes`);
});

test('an empty list says what to do, and fills by itself', async (t) => {
  const page = await visit(t, 'invocations');
  await page.getByText('Nothing was invoked yet').waitFor();
  await page.getByText('/deployments').waitFor();
  await accessible(page);
  await control('register');
  await send('Shop/echo', 'first');
  await page.getByRole('row', { name: /Shop\/echo/ }).waitFor();
});

test('an invocation that is not there says so', async (t) => {
  const page = await visit(t, 'invocations/inv_1i5CGNnkQpG10eusbLFKdAUXkPgnKtS9Ed');
  await page.getByText('There is no such invocation').waitFor();
});

test('a page that is not there says so', async (t) => {
  const page = await visit(t, 'no/such/page');
  await page.getByText('There is no such page').waitFor();
  await page.getByRole('link', { name: 'Begin anew' }).click();
  await page.waitForURL(/\/ui\/(invocations|overview)/);
});
