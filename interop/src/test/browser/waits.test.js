// Who waits for whom: a deadlock of two objects, found, named and undone.
import { before, test } from 'node:test';
import { accessible, control, fits, send, sql, until, visit } from './browser.js';

const one = 'one' + Date.now();
const two = 'two' + Date.now();
let outside = '';

before(async () => {
  await control('register');
  await send(`Dock/${one}/moor`, two);
  await send(`Dock/${two}/moor`, one);
  await until('the deadlock', async () => (await sql(
    `SELECT 1 FROM sys_waits WHERE what = 'object' AND for_target IN ('Dock/${one}', 'Dock/${two}')`)).length === 2);
  outside = await send('Crane/await', one);
  await until('another one to wait', async () => (await sql(`SELECT 1 FROM sys_waits WHERE waiting_id = '${outside}'`)).length === 1);
});

test('a deadlock is named, and its graph drawn', async (t) => {
  const page = await visit(t, 'waits');
  const deadlock = page.getByRole('region', { name: 'Deadlock' }).filter({ hasText: one });
  await deadlock.getByText(new RegExp(`Deadlock at Dock/(${one} and Dock/${two}|${two} and Dock/${one})`)).waitFor();
  await deadlock.getByText('4 invocations wait for each other').waitFor();
  await page.locator('.wait-edge.stuck').first().waitFor();
  await accessible(page);
});

test('around one invocation there is what it waits for, and the deadlock behind it, which a cancellation ends', async (t) => {
  const page = await visit(t, 'invocations/' + outside);
  await page.getByRole('link', { name: 'Who waits for whom' }).click();
  const deadlock = page.getByRole('region', { name: 'Deadlock' });
  await deadlock.waitFor();
  await page.locator('.wait-node.chosen').getByText('Crane/await').last().waitFor();
  await accessible(page);
  await deadlock.getByRole('link', { name: /^inv_/ }).first().click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
  await until('the deadlock to end', async () => (await sql(
    `SELECT 1 FROM sys_waits WHERE what = 'object' AND for_target = 'Dock/${one}' AND waiting_target = 'Dock/${one}/moor'`)).length < 2);
});

test('one that does not wait says so', async (t) => {
  const page = await visit(t, 'waits?id=inv_1i5CGNnkQpG10eusbLFKdAUXkPgnKtS9Ed');
  await page.getByText('There is no such invocation').waitFor();
});

test('it fits a narrow window, in the dark', async (t) => {
  const page = await visit(t, 'waits?id=' + outside, { dark: true, width: 400 });
  await page.locator('.wait-node.chosen').waitFor();
  await fits(page);
  await accessible(page);
});
