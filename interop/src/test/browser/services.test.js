// Services and deployments: looked at, changed, tried, removed.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, control, ENDPOINT, fits, sql, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';

before(() => control('register'));

test('services and deployments are listed, and an address that does not answer says so', async (t) => {
  const page = await visit(t, 'services', { expects: [/50\d|40\d/] });
  await page.getByRole('row', { name: /Dock virtual object balance, moor, pay/ }).waitFor();
  await page.getByRole('row', { name: new RegExp(ENDPOINT) }).waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Register a deployment' }).click();
  await page.getByLabel('Where it listens').fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Look what changes' }).click();
  await page.getByRole('alert').waitFor();
});

test('a form is made of a schema, a call is answered, and its invocation opens beside it', async (t) => {
  const page = await visit(t, 'services/Crane?handler=lift');
  await page.getByLabel('what', { exact: true }).fill(MARKUP);
  await page.getByLabel('tons').fill('3');
  await page.getByLabel('speed').selectOption('FAST');
  await page.getByRole('button', { name: 'Add to stops' }).click();
  await page.getByLabel('stops 1', { exact: true }).fill('quay');
  await page.getByText(/"stops":\["quay"\]/).waitFor();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText(`"what": "${MARKUP}"`).waitFor();
  await result.getByText('succeeded').waitFor();
  assert.equal(await page.evaluate('window.hacked'), undefined);
  await accessible(page);
  await result.getByRole('link', { name: /^inv_/ }).click();
  await page.waitForURL(/invocations\/inv_/);
});

test('raw JSON, a key, an idempotency key, a header and a delay are sent along', async (t) => {
  const page = await visit(t, 'services/Dock?handler=pay');
  await page.getByLabel('Key', { exact: true }).fill('a/b c');
  await page.getByRole('button', { name: 'Write it as JSON' }).click();
  await page.getByLabel('Input').fill('7');
  await page.getByText('Headers, idempotency key, delay').click();
  const once = 'once-' + Date.now();
  await page.getByLabel('Idempotency key').fill(once);
  await page.getByLabel('Delay').fill('1h');
  await page.getByLabel('Headers, one a line').fill('x-tenant: 7');
  await page.getByText(/-H 'x-tenant: 7'/).waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('region', { name: 'Result' }).getByText('scheduled').waitFor();
  const [row] = await sql(`SELECT target_service_key AS k, status FROM sys_invocation WHERE idempotency_key = '${once}'`);
  assert.deepEqual(row, { k: 'a/b c', status: 'scheduled' });
});

test('a call that fails shows its answer', async (t) => {
  const page = await visit(t, 'services/Shop?handler=refuse', { expects: [/400/] });
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('region', { name: 'Result' }).getByText(/there is no/).first().waitFor();
});

test('options are changed, and what is no duration is refused', async (t) => {
  const page = await visit(t, 'services/Permit', { expects: [/4\d\d/] });
  await page.getByRole('button', { name: 'Change options' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Journals are kept for').fill('soon');
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Journals are kept for').fill('2d');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('region', { name: 'Options' }).getByText('2d').waitFor();
});

test('a deployment says what is on it, and asks before it goes', async (t) => {
  const page = await visit(t, 'services');
  await page.getByRole('link', { name: /^dp_/ }).first().click();
  await page.getByText(/that go on/).waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByText(/cannot be called any more/).waitFor();
  await page.getByRole('button', { name: 'Do nothing' }).click();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Headers to send').fill('x-tenant: 7');
  await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText(/^x-tenant:/).waitFor();
});

test('they fit a narrow window, in the dark', async (t) => {
  for (const path of ['services', 'services/Crane?handler=lift']) {
    const page = await visit(t, path, { dark: true, width: 400 });
    await page.getByText('Crane').first().waitFor();
    await fits(page);
    await accessible(page);
  }
});
