// The page of the original, walked in front of our admin API: its files come from the original, all answers from us.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { becomes, control, PAGE, send, until, visit } from './browser.js';

const OURS = new URL('../', PAGE);
const THEIRS = new URL(process.env.ORIGINAL);

/** What stands before both: what is below `/ui` is the original's, all else is ours. */
const proxy = http.createServer((request, response) => {
  const to = /^\/ui(\/|\?|$)/.test(request.url) ? THEIRS : OURS;
  // The host stays that of the page, by which a server tells its own page from others.
  const passed = http.request({ host: to.hostname, port: to.port, path: request.url, method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  passed.on('error', () => response.destroy());
  response.on('close', () => passed.destroy());
  request.pipe(passed);
});

let page = '';
const ids = {};

before(async () => {
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  page = `http://127.0.0.1:${proxy.address().port}/ui/`;
  await control('register');
  ids.race = await send('Shop/race', 'tea');
  ids.order = await send('Shop/order', 'a book');
  ids.many = await send('Shop/many', 30);
  ids.approve = await send('Shop/approve', 'a holiday');
  ids.flaky = await send('Shop/flaky', 'hello');
  ids.refuse = await send('Shop/refuse', 'milk');
  ids.held = await send('Counter/held/hold', 1);
  ids.pending = await send('Counter/held/add', 1);
  ids.add = await send('Counter/a%2Fb/add', 2);
  ids.pay = await send('Dock/north/pay', 3);
  ids.permit = await send('Permit/ada/run', 'ada');
  ids.later = await send('Shop/echo', 'later', { delay: '1h' });
  await Promise.all(['race', 'order', 'many', 'refuse', 'add', 'pay'].map((name) => becomes(ids[name], 'completed')));
  await becomes(ids.flaky, 'backing-off', 'running', 'ready');
});

after(() => proxy.close());

/** The list of invocations with a filter, in the words of the page. */
function listed(operation, statuses, more = '') {
  const filter = encodeURIComponent(JSON.stringify({ operation, value: statuses }));
  return `invocations?filter_status=${filter}&sort_field=created_at&sort_order=DESC${more}`;
}

const OVER = ['succeeded', 'failed', 'cancelled', 'killed'];

/** Each screen, and what must be read there. */
const SCREENS = [
  ['overview', /Counter/, /Shop/],
  ['overview?view=deployments', /127\.0\.0\.1/],
  ['overview?service=Shop&panel=service', /refuse/],
  ['overview?servicePlayground=Shop', /POST|Send|refuse/],
  ['overview?register-deployment=true', /Register/],
  ['invocations?sort_field=created_at&sort_order=DESC', /refuse/, /permit|Permit/],
  [listed('NOT_IN', OVER), /approve/],
  [listed('IN', ['failed', 'killed']), /refuse/],
  [listed('IN', ['pending', 'backing-off', 'paused', 'ready']), /flaky|add/],
  ['state/Counter', /count/, /a\/b/],
  ['virtual-objects', /Counter/],
  ['virtual-objects/Counter/held', /held/],
  ['workflows', /Permit/],
  ['workflows/Permit/ada', /ada/],
  ['introspection', /Query/],
  ['flow-control/rules', /./],
  ['flow-control/counters', /./],
  ['features', /./],
  ['query-stats', /./],
];

/** The page, which goes to its screens by itself, since loading it takes longer than all that it asks. */
async function walk(t) {
  const opened = await visit(t, page + 'overview', { width: 1440, height: 900 });
  opened.setDefaultTimeout(60_000);
  const open = new Set();
  opened.on('request', (request) => open.add(request));
  opened.on('requestfinished', (request) => open.delete(request));
  opened.on('requestfailed', (request) => open.delete(request));
  await opened.getByText('Counter').first().waitFor();
  return {
    opened,
    /** Goes to a screen and looks at it until it asks for nothing. */
    async to(path, ...texts) {
      await opened.evaluate((url) => {
        history.pushState({ idx: history.length, key: 'k' + history.length, usr: null }, '', url);
        dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
      }, page + path);
      for (const text of texts) {
        await until(`${path} to say ${text}`, async () => text.test(await opened.locator('body').innerText()), 60_000);
      }
      let quiet = 0;
      await until(path + ' to ask for nothing', async () => (quiet = open.size === 0 ? quiet + 1 : 0) > 10, 60_000);
      assert.doesNotMatch(await opened.locator('body').innerText(), /Something went wrong|Unexpected Application Error|Not Found/i, path);
      if (process.env.SHOTS) {
        await opened.screenshot({ path: `${process.env.SHOTS}/${path.replace(/[^a-z0-9]+/gi, '_')}.png` });
      }
    },
  };
}

const READ = {
  race: /ask slow/, order: /price/, many: /part/, approve: /approve/, flaky: /attempt|Retry|Backing/i, refuse: /there is no/,
  held: /hold/, pending: /add/, add: /Succeeded/, permit: /ada/, later: /Scheduled/,
};

test('all its screens', async (t) => {
  const { to, opened } = await walk(t);
  for (const screen of SCREENS) {
    await to(...screen);
  }
  const { deployments } = await (await fetch(new URL('deployments', OURS))).json();
  await to(`overview?deployment=${deployments[0].id}&panel=deployment`, /127\.0\.0\.1/);
  for (const [name, text] of Object.entries(READ)) {
    await to('invocations/' + ids[name], new RegExp(ids[name].slice(-6)), text);
  }
  await to('introspection', /Query/);
  await opened.getByText('Type your query here').click({ force: true });
  await opened.keyboard.insertText(`SELECT target, status FROM sys_invocation WHERE id = '${ids.refuse}'`);
  await opened.getByRole('button', { name: /^Query/ }).click();
  await opened.getByText('Shop/refuse').first().waitFor();
});
