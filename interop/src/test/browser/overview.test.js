// The overview: numbers, and the lists behind them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, send, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';

before(async () => {
  await control('register');
  await becomes(await send('Shop/refuse', 'tea'), 'completed');
  await becomes(await send('Shop/pay', 'a book'), 'completed');
  await becomes(await send('Shop/flaky', MARKUP), 'backing-off', 'running', 'ready');
  await send('Counter/held/hold', 1);
  await send('Counter/held/add', 1);
});

test('each number leads to the list behind it', async (t) => {
  const page = await visit(t, 'overview');
  await page.getByRole('link', { name: /^Failed of late [1-9]/ }).click();
  await page.getByRole('row', { name: /Shop\/refuse/ }).first().waitFor();
  assert.match(page.url(), /status=failed.*ended%3A60m/);
  await page.goBack();
  await page.getByRole('link', { name: /^pending [1-9]/ }).click();
  await page.getByRole('row', { name: /Counter\/held\/add/ }).first().waitFor();
});

test('handlers are listed with how long they take, and health with what is in trouble', async (t) => {
  const page = await visit(t, 'overview');
  await page.getByRole('row', { name: /Shop\/pay \d+ ms/ }).waitFor();
  await page.getByText('The engine is well').waitFor();
  await page.getByText(/the gateway said <script>/).first().waitFor();
  assert.equal(await page.evaluate('window.hacked'), undefined);
  await accessible(page);
});

test('it fits a narrow window, in the dark', async (t) => {
  const page = await visit(t, 'overview', { dark: true, width: 400 });
  await page.getByRole('row', { name: /Shop\/pay/ }).waitFor();
  await fits(page);
  await accessible(page);
});
