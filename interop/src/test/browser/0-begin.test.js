// The first thing somebody does: registering a deployment, on a server that knows none.
import { test } from 'node:test';
import { accessible, ENDPOINT, visit } from './browser.js';

test('an empty overview says what to do, and does it', async (t) => {
  const page = await visit(t, '', { expects: [/400/] });
  await page.getByText('No deployment is registered yet').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Register a deployment' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Where it listens').fill(ENDPOINT);
  await dialog.getByRole('button', { name: 'Look what changes' }).click();
  await dialog.getByText('Crane is new').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByText('Nothing was invoked yet').waitFor();
});
