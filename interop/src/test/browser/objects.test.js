// Objects and workflows: who holds them, who queues, what they keep; and the state changed by somebody.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, INGRESS, send, sql, until, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';
const run = 'run' + Date.now();
const kept = 'kept' + Date.now();
const busy = 'busy' + Date.now();

before(async () => {
  await control('register');
  await becomes(await send(`Dock/${kept}/pay`, 3), 'completed');
  await send(`Dock/${busy}/moor`, '');
  await send(`Dock/${busy}/pay`, 1);
  await send(`Permit/${run}/run`, 'ada');
  await until('the run to wait', async () => (await sql(`SELECT 1 FROM sys_promise WHERE service_key = '${run}'`)).length === 1);
});

test('objects are listed by who waits for them, and one says who holds it', async (t) => {
  const page = await visit(t, 'objects?service=Dock');
  await accessible(page);
  await page.getByRole('link', { name: `Dock/${busy}` }).click();
  await page.getByText(/1 other waits for it/).waitFor();
  await page.getByRole('row', { name: new RegExp(`Dock/${busy}/pay`) }).waitFor();
  await accessible(page);
});

test('a state is changed as JSON, text and bytes, and never over what somebody else wrote', async (t) => {
  const page = await visit(t, 'objects/Dock/' + kept);
  await page.getByText(MARKUP).waitFor();
  assert.equal(await page.evaluate('window.hacked'), undefined);
  await page.getByRole('button', { name: 'Change the state' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('value 1', { exact: true }).fill('no JSON');
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog.getByText(/balance: expected JSON/).waitFor();
  await dialog.getByLabel('value 1', { exact: true }).fill('40');
  await dialog.getByLabel('value 2 is').selectOption('text');
  await dialog.getByLabel('value 2', { exact: true }).fill('plain');
  await dialog.getByRole('button', { name: 'Add a key' }).click();
  await dialog.getByLabel('key 3', { exact: true }).fill('bin');
  await dialog.getByLabel('value 3 is').selectOption('base64');
  await dialog.getByLabel('value 3', { exact: true }).fill('/wAB');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual((await sql(`SELECT "key" AS k, "value" AS v FROM state WHERE service_key = '${kept}' ORDER BY 1`)).map((row) => [row.k, row.v]),
    [['balance', '3430'], ['bin', 'ff0001'], ['note', '706c61696e']]);

  await page.getByRole('button', { name: 'Change the state' }).click();
  await dialog.getByLabel('value 1', { exact: true }).fill('0');
  await fetch(`${INGRESS}/Dock/${kept}/pay`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '2' });
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog.getByText(/changed by somebody else/).waitFor();
  assert.equal((await sql(`SELECT value_utf8 AS v FROM state WHERE service_key = '${kept}' AND "key" = 'balance'`))[0].v, '42');
});

test('a run shows its promises, open and kept', async (t) => {
  const page = await visit(t, `objects/Permit/${run}`);
  await page.getByText('is open').waitFor();
  await accessible(page);
  await send(`Permit/${run}/sign`, MARKUP);
  await page.getByRole('region', { name: 'Promises' }).getByText(MARKUP).waitFor();
  await page.getByRole('region', { name: 'Run' }).getByText('succeeded').waitFor();
});

test('they fit a narrow window, in the dark', async (t) => {
  for (const path of ['objects', 'objects/Dock/' + busy]) {
    const page = await visit(t, path, { dark: true, width: 400 });
    await page.getByText(`Dock/${busy}`).first().waitFor();
    await fits(page);
    await accessible(page);
  }
});
