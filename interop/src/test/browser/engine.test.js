// The engine: partitions, what is measured, what is set.
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, send, visit } from './browser.js';

before(async () => {
  await control('register');
  await becomes(await send('Shop/echo', 'x'), 'completed');
});

test('partitions, plots and settings are shown', async (t) => {
  const page = await visit(t, 'engine');
  await page.getByText('All partitions go on').waitFor();
  await page.getByRole('region', { name: 'Partitions' }).getByRole('row', { name: /^3 [\d\u202f]+ [\d\u202f]+ [\d\u202f]+$/ }).waitFor();
  await page.getByRole('figure', { name: 'Commit of the log' }).getByText(/half \d/).waitFor();
  await page.locator('.plot canvas').nth(5).waitFor();
  await page.getByText('Settings in force').click();
  await page.getByText(/bind-address/).first().waitFor();
  await accessible(page);
});

test('it fits a narrow window, in the dark', async (t) => {
  const page = await visit(t, 'engine', { dark: true, width: 400 });
  await page.locator('.plot canvas').first().waitFor();
  await fits(page);
  await accessible(page);
});
