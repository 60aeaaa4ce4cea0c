// The list of invocations.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, send, sql, until, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';
const ids = {};

before(async () => {
  await control('register');
  ids.refused = await send('Shop/refuse', 'such thing');
  ids.scheduled = await send('Shop/echo', 'later', { delay: '1h' });
  ids.markup = await send(`Counter/${encodeURIComponent(MARKUP)}/add`, 1);
  ids.held = await send('Counter/ada/hold', 60);
  ids.pending = await send('Counter/ada/add', 1);
  ids.flaky = await send('Shop/flaky', MARKUP);
  for (let i = 0; i < 30; i++) {
    await send('Shop/echo', 'number ' + i);
  }
  await becomes(ids.refused, 'completed');
  await becomes(ids.pending, 'pending');
  await becomes(ids.flaky, 'backing-off', 'running');
});

/** @param {import('playwright-core').Page} page */
const rows = (page) => page.locator('tbody tr.opens');

test('statuses are shown and chosen, and the address says so', async (t) => {
  const page = await visit(t, 'invocations');
  await page.getByRole('button', { name: /scheduled 1/ }).click();
  await page.waitForURL(/status=scheduled/);
  await until('one row', async () => await rows(page).count() === 1);
  await page.reload();
  await until('one row again', async () => await rows(page).count() === 1);
  await page.goBack();
  await until('all rows', async () => await rows(page).count() > 30);
});

test('the search takes words and fields, and its parts can be taken away', async (t) => {
  const page = await visit(t, 'invocations?q=key%3Aada');
  await until('two rows', async () => await rows(page).count() === 2);
  await page.locator('[data-menu=filter] summary').click();
  await page.locator('[data-menu=filter] select').selectOption('handler');
  await page.locator('[data-menu=filter] input:not([type])').fill('hold');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await until('one row', async () => await rows(page).count() === 1);
  await page.getByRole('button', { name: 'Remove the filter handler:hold' }).click();
  await until('two rows', async () => await rows(page).count() === 2);
  await page.getByRole('searchbox').fill('error:"no such"');
  await page.keyboard.press('Enter');
  await until('the refused', async () => await rows(page).count() === 1 && (await rows(page).innerText()).includes('there is no such thing'));
});

test('nothing that matches says what to do', async (t) => {
  const page = await visit(t, "invocations?q=service:O'Reilly%25");
  await page.getByText('No invocation matches').waitFor();
});

test('the keyboard alone is enough', async (t) => {
  const page = await visit(t, 'invocations');
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('hold');
  await page.keyboard.press('Enter');
  await until('one row', async () => await rows(page).count() === 1);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('With 1 selected row').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(ids.held));
});

test('names with markup are text', async (t) => {
  const page = await visit(t, 'invocations?q=service:Counter');
  await page.getByText(`Counter/${MARKUP}/add`).waitFor();
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
});

test('columns and views are kept', async (t) => {
  const page = await visit(t, 'invocations?q=service:Counter');
  await page.locator('[data-menu=columns] summary').click();
  await page.getByRole('checkbox', { name: 'Deployment' }).check();
  await page.getByRole('columnheader', { name: 'Deployment' }).waitFor();
  await page.locator('[data-menu=views] summary').click();
  await page.getByLabel('Save what is shown as').fill('Mine');
  await page.keyboard.press('Enter');
  await page.reload();
  await page.getByRole('columnheader', { name: 'Deployment' }).waitFor();
  await page.locator('[data-menu=views] summary').click();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.locator('[data-menu=views] summary').click();
  await page.getByRole('button', { name: 'Mine', exact: true }).click();
  await page.waitForURL(/q=service(%3A|:)Counter/);
});

test('rows are sorted by what one asks for', async (t) => {
  const page = await visit(t, 'invocations?q=handler:add');
  await page.getByRole('button', { name: 'Target' }).click();
  await page.waitForURL(/sort=target.down/);
  await page.locator('th[aria-sort=descending]').waitFor();
});

test('selected ones are cancelled after a question', async (t) => {
  const id = await send('Counter/bob/hold', 60);
  const page = await visit(t, 'invocations?q=key%3Abob');
  await rows(page).first().waitFor();
  await page.getByLabel('select all rows').check();
  await page.locator('[data-menu=selected] summary').click();
  await page.locator('[data-menu=selected]').getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.getByRole('dialog', { name: /Cancel this invocation/ });
  await dialog.getByText(id).waitFor();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await becomes(id, 'completed');
  await page.locator('tbody .badge', { hasText: 'cancelled' }).waitFor();
});

test('all that match are killed, and counted before', async (t) => {
  const killed = [];
  for (const key of ['x1', 'x2', 'x3']) {
    killed.push(await send(`Counter/${key}/hold`, 60));
  }
  const page = await visit(t, 'invocations?q=key%3Ax*');
  await until('three rows', async () => await rows(page).count() === 3);
  await page.locator('[data-menu=matching] summary').click();
  await page.locator('[data-menu=matching]').getByRole('button', { name: 'Kill' }).click();
  const dialog = page.getByRole('dialog', { name: 'Kill 3 invocations?' });
  await dialog.getByRole('button', { name: 'Kill', exact: true }).click();
  await dialog.getByText('3 done').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  for (const id of killed) {
    await becomes(id, 'completed');
  }
  await page.locator('tbody .badge', { hasText: 'killed' }).first().waitFor();
});

test('it is usable when dark and narrow', async (t) => {
  const dark = await visit(t, 'invocations', { dark: true });
  await rows(dark).first().waitFor();
  await accessible(dark);
  const light = await visit(t, 'invocations', { width: 400 });
  await rows(light).first().waitFor();
  await accessible(light);
  await fits(light);
  await light.getByRole('button', { name: /Theme/ }).click();
  await light.getByRole('button', { name: /Theme: light/ }).click();
  await light.locator('html[data-theme=dark]').waitFor();
});

test('a page in the background asks for nothing', async (t) => {
  const page = await visit(t, 'invocations');
  await rows(page).first().waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  let asked = 0;
  page.on('request', () => asked++);
  let before = -1; // what it had begun may end
  await until('an end of what it had begun', async () => {
    const unchanged = asked === before;
    before = asked;
    await page.waitForTimeout(300);
    return unchanged;
  });
  asked = 0;
  await send('Shop/echo', 'unseen');
  await page.waitForTimeout(1_500);
  assert.equal(asked, 0);
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await until('a request', async () => asked > 0);
});

test('it goes on by itself after the server was gone', async (t) => {
  const page = await visit(t, 'invocations?q=handler:echo', { expects: [/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|fetch/] });
  await page.getByText('live').waitFor();
  await control('kill');
  await page.getByText('no connection').waitFor();
  await control('start');
  const id = await send('Shop/echo', 'after the restart');
  await page.locator(`a[title=${id}]`).waitFor({ timeout: 20_000 });
  assert.equal((await sql(`SELECT id FROM sys_invocation WHERE id = '${id}'`)).length, 1);
});
