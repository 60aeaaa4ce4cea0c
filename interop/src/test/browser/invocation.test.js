// One invocation, and its timeline.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, becomes, control, fits, scripted, send, sql, until, visit } from './browser.js';

const MARKUP = '<script>hacked=1</script>';
const ids = {};

before(async () => {
  await control('register');
  ids.order = await send('Shop/order', 'a book');
  ids.race = await send('Shop/race', 'tea');
  ids.many = await send('Shop/many', 200);
  ids.approve = await send('Shop/approve', 'leave');
  ids.flaky = await send('Shop/flaky', MARKUP);
  ids.changed = await send('Shop/changed', 'x' + Date.now());
  ids.refused = await send('Shop/refuse', 'tea');
  ids.echo = await send('Shop/echo', MARKUP);
  for (const name of ['order', 'race', 'many', 'refused', 'echo']) {
    await becomes(ids[name], 'completed');
  }
});

/** The name of a bar. */
const bar = (page, name) => page.locator('.tl-name', { hasText: name });

test('a timeline has a bar for each command, and unfolds calls', async (t) => {
  const page = await visit(t, 'invocations/' + ids.order);
  await bar(page, 'run(stock)').waitFor();
  assert.equal(await page.locator('.tl-bar').count(), 3);
  await page.getByRole('button', { name: 'What call(Shop/pay) did' }).click();
  await bar(page, 'run(charge)').waitFor();
  await accessible(page);
});

test('a bar opens with what it was given and gave', async (t) => {
  const page = await visit(t, 'invocations/' + ids.order);
  await page.getByRole('button', { name: 'call(Shop/pay)', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('"a book"').waitFor();
  await dialog.getByText('"paid a book"').waitFor();
});

test('a race has a frame, a winner, and losers of each kind', async (t) => {
  const page = await visit(t, 'invocations/' + ids.race);
  await bar(page, /time-?out/).first().waitFor();
  await bar(page, 'any of 2').waitFor();
  await page.locator('.tl-label', { hasText: 'ask fast' }).getByText('decided it').waitFor();
  await page.locator('.tl-label', { hasText: 'ask slow' }).getByText('finished later').waitFor();
  await page.locator('.tl-label', { hasText: /timer\(/ }).getByText('timer left').waitFor();
  assert.equal(await page.locator('.tl-frame').count(), 2);
  assert.equal(await page.locator('.tl-bar .wasted').count(), 1);
  await page.getByRole('button', { name: 'by the journal' }).click();
  await page.waitForURL(/order=journal/);
  await page.locator('.tl-axis').getByText('#0').waitFor();
});

test('two hundred tasks scroll, zoom and stay few in the document', async (t) => {
  const page = await visit(t, 'invocations/' + ids.many);
  await bar(page, 'run(part 0)').waitFor();
  assert.ok(await page.locator('.tl-bar').count() < 80);
  await page.locator('.tl-box').evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await bar(page, 'run(part 199)').waitFor();
  for (const key of ['+', '+', 'ArrowRight', '0', 'k', 'j', 'Enter']) {
    await page.keyboard.press(key);
  }
  await page.getByRole('dialog').waitFor();
});

test('five thousand entries scroll and zoom within a frame', async (t) => {
  const id = await send('Shop/many', 2_500);
  await becomes(id, 'completed');
  const page = await visit(t, 'invocations/' + id);
  await bar(page, 'run(part 0)').waitFor();
  // A busy machine makes it longer, never shorter.
  let best = Infinity;
  for (let tries = 0; tries < 20 && best > 16; tries++) {
    best = Math.min(best, await perFrame(page));
  }
  t.diagnostic(`${best.toFixed(2)} ms of script for a frame`);
  assert.ok(best <= 16, `${best} ms of script for a frame`);
});

/** How many milliseconds of script a frame takes while the timeline scrolls down and zooms in and out. */
async function perFrame(page) {
  const profile = await scripted(page);
  const frames = await page.evaluate(async () => {
    const box = document.querySelector('.tl-box');
    const { left, top } = box.getBoundingClientRect();
    box.scrollTop = 0;
    let n = 0;
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(n++)));
    for (let i = 0; i < 60; i++) {
      box.scrollTop += 700;
      await frame();
    }
    for (let i = 0; i < 60; i++) {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: i < 30 ? -60 : 60, ctrlKey: true, cancelable: true, clientX: left + 600, clientY: top + 50 }));
      await frame();
    }
    return n;
  });
  return await profile() / frames;
}

test('what waits says for what', async (t) => {
  await becomes(ids.approve, 'running', 'suspended');
  const page = await visit(t, 'invocations/' + ids.approve);
  const waiting = page.locator('.waiting');
  await waiting.getByText('awakeable 1').waitFor();
  await waiting.getByText('due').waitFor();
});

test('failures show their message and stack trace, as text', async (t) => {
  await until('a failure', async () => (await sql(`SELECT id FROM sys_journal_events WHERE id = '${ids.flaky}'`)).length > 0);
  const page = await visit(t, `invocations/${ids.flaky}?tab=failures`);
  await page.getByRole('heading', { name: `the gateway said ${MARKUP}` }).waitFor();
  await page.getByText('IllegalStateException').first().waitFor();
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  await accessible(page);
});

test('a journal that does not fit is explained', async (t) => {
  await until('the mismatch', async () => (await sql(`SELECT id FROM sys_journal_events WHERE id = '${ids.changed}' AND event_json LIKE '%570%'`)).length > 0);
  const page = await visit(t, `invocations/${ids.changed}?tab=failures`);
  await page.getByText('does not do what its journal says').first().waitFor();
});

test('payloads with markup are text, in the journal too', async (t) => {
  const page = await visit(t, `invocations/${ids.echo}?tab=journal`);
  await page.getByRole('row', { name: /input/ }).click();
  await page.getByRole('dialog').getByText(MARKUP).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'bytes' }).click();
  await page.getByRole('dialog').getByText('000000  22 3c 73').waitFor();
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
});

test('input, output and state are beside each other', async (t) => {
  const id = await send('Counter/data/add', 41);
  await becomes(id, 'completed');
  const page = await visit(t, `invocations/${id}?tab=data`);
  await page.getByText('41', { exact: true }).nth(2).waitFor();
  await page.getByText('count', { exact: true }).waitFor();
  await accessible(page);
});

test('a code of an error is explained', async (t) => {
  const page = await visit(t, `invocations/${ids.flaky}?tab=failures`);
  await page.getByRole('button', { name: 'RT0007' }).first().click();
  await page.getByRole('dialog').getByText('threw something that is not terminal').waitFor();
});

test('calls are a tree', async (t) => {
  const page = await visit(t, `invocations/${ids.order}?tab=tree`);
  await page.getByRole('tabpanel').getByText('Shop/pay').waitFor();
});

test('it is paused, resumed, tried again, killed, restarted and purged', async (t) => {
  const id = await send('Shop/flaky', 'again');
  await until('a failure', async () => (await sql(`SELECT id FROM sys_journal_events WHERE id = '${id}'`)).length > 0);
  const page = await visit(t, 'invocations/' + id);
  const act = async (name, ...statuses) => {
    await page.locator('.actions').getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await becomes(id, ...statuses);
  };
  await act('Pause', 'paused');
  await act('Resume', 'running', 'backing-off', 'ready');
  await page.locator('.actions').getByRole('button', { name: 'Retry now' }).waitFor();
  await act('Retry now', 'running', 'backing-off', 'ready');
  await act('Kill', 'completed');
  await page.getByRole('heading').locator('..').getByText('killed').first().waitFor();
  await act('Restart as new', 'completed');
  const [{ id: again }] = await sql(`SELECT id FROM sys_invocation WHERE restarted_from = '${id}'`);
  await page.waitForURL(new RegExp(again));
  await page.goto(page.url().replace(again, id));
  await act('Purge', 'gone');
  await page.getByText('There is no such invocation').waitFor();
  await send('Shop/echo', 'done');
});

test('it is usable when dark and narrow', async (t) => {
  const page = await visit(t, 'invocations/' + ids.order, { dark: true, width: 400 });
  await bar(page, 'run(stock)').waitFor();
  await accessible(page);
  await fits(page);
});
