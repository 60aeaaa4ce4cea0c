// SQL: written with help, run, stopped, taken along.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, send, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';
let id = '';

before(async () => {
  await control('register');
  id = await send('Shop/echo', MARKUP);
  await becomes(id, 'completed');
});

/** Writes a query as somebody does who types. */
async function write(page, sql) {
  const editor = page.getByRole('combobox', { name: 'SQL' });
  await editor.fill('');
  await editor.pressSequentially(sql);
  return editor;
}

test('names are completed, a query runs, and its rows are links, text and files', async (t) => {
  const page = await visit(t, 'sql');
  await page.getByText('sys_invocation', { exact: true }).waitFor();
  const editor = await write(page, 'SELECT id, target FROM sys_invocation_sta');
  await page.getByRole('option', { name: /^sys_invocation_state/ }).waitFor();
  await page.keyboard.press('Tab');
  assert.match(await editor.inputValue(), /FROM sys_invocation_sta(te|tus)$/);
  await write(page, `SELECT id, '${MARKUP}' AS said, NULL AS none, '=1' AS sum FROM sys_invocation WHERE id = '${id}' AND target_serv`);
  await page.getByRole('option', { name: /^target_service_name/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type(" = 'Shop'");
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^1 row in /).waitFor();
  await page.getByRole('cell', { name: MARKUP }).waitFor();
  assert.equal(await page.evaluate('window.hacked'), undefined);
  await accessible(page);
  for (const [name, said] of [['CSV', /'=1/], ['JSON', /"said": "<script>/]]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    assert.match(fs.readFileSync(await file.path(), 'utf8'), said);
  }
  await page.getByText('History').click();
  await page.getByRole('button', { name: /1 row,/ }).first().waitFor();
  await page.reload();
  assert.match(await editor.inputValue(), /said/);
});

test('a plan is shown, and a fault of the query in its own words', async (t) => {
  const page = await visit(t, 'sql', { expects: [/400/] });
  await write(page, 'SELECT id FROM sys_invocation LIMIT 1');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Plan' }).click();
  await page.getByText(/LogicalTableScan/).waitFor();
  await write(page, 'SELECT nothing FROM sys_invocation');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText(/nothing/i).waitFor();
});

test('leaving the page stops the query', async (t) => {
  const page = await visit(t, 'sql');
  await write(page, 'SELECT COUNT(*) FROM sys_journal a, sys_journal b, sys_journal c, sys_journal d, sys_journal e, sys_journal f');
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.postData()?.includes('sys_journal f') ?? false), page.keyboard.press('Control+Enter')]);
  const gone = page.waitForEvent('requestfailed', (one) => one === request);
  await page.getByRole('link', { name: 'Overview' }).click();
  await gone;
});

test('it fits a narrow window, in the dark', async (t) => {
  const page = await visit(t, 'sql', { dark: true, width: 400 });
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText(/^\d+ rows? in /).waitFor();
  await fits(page);
  await accessible(page);
});
