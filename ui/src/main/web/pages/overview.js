// What goes on: a few numbers, each of which leads to what it counts.
import { Empty, Shown } from '../components/notice.js';
import { Register } from '../components/register.js';
import { Spark } from '../components/spark.js';
import { Table } from '../components/table.js';
import { Copy, Duration } from '../components/text.js';
import { bytes, number } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { go, href } from '../core/router.js';
import { ENDED_LOOKED_AT, LOOKED_AT } from '../model/lists.js';
import { MINUTES, overview } from '../model/overview.js';
import { STATUSES } from '../model/status.js';

/** @typedef {import('../model/overview.js').Overview} Data */
/** @typedef {import('../model/overview.js').HandlerLoad} HandlerLoad */

const HANDLERS_SHOWN = 12;
const EVERY = 30_000; // time passes, though nothing happens
const WAITING = ['pending', 'ready', 'scheduled', 'suspended'];
const DOES_NOT_ANSWER = 'RT0010';

export default function Overview() {
  const found = useLive(overview, [], { every: EVERY });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  return html`<h1 class="visually-hidden">Overview</h1>
    <${Shown} of=${found}>${(/** @type {Data} */ data) => (data.services === 0 && data.handlers.length === 0
      ? html`<${First} onDone=${found.refresh} />`
      : html`<${Numbers} data=${data} />
        <${Health} data=${data} />
        <${Slowest} handlers=${data.handlers} />
        ${data.more && html`<p class="faint">Counted among the first ${number(LOOKED_AT)} that go on, and the ${number(ENDED_LOOKED_AT)} that ended last.</p>`}`)}<//>`;
}

/** @param {{ onDone: () => void }} props */
function First({ onDone }) {
  const [asks, ask] = useState(false);
  const command = `curl ${new URL('../deployments', document.baseURI)} --json '{"uri":"http://localhost:9080"}'`;
  return html`<${Empty} title="No deployment is registered yet">
    <p>Start a service, and tell the server where it listens:</p>
    <pre class="command">${command}</pre>
    <p><button type="button" class="primary" onClick=${() => ask(true)}>Register a deployment</button> <${Copy} text=${command} label="Copy the command" /></p>
    ${asks && html`<${Register} onClose=${() => ask(false)} onDone=${onDone} />`}<//>`;
}

/** @param {{ data: Data }} props */
function Numbers({ data: { by, ended } }) {
  const sum = (/** @type {number[]} */ values) => values.reduce((all, n) => all + n, 0);
  const of = (/** @type {string[]} */ names) => sum(names.map((name) => by[name] ?? 0));
  const lately = `in the last ${MINUTES} minutes`;
  return html`<section class="tiles" aria-label="Invocations">
    <${Tile} name="Running" n=${of(['running'])} tone="run" query=${{ status: 'running' }} />
    <${Tile} name="Waiting" n=${of(WAITING)} tone="wait" query=${{ status: WAITING.join(',') }}>
      ${WAITING.map((name) => html`<a key=${name} href=${href(['invocations'], { status: name })} title=${STATUSES[name].what}>${name} <b>${number(by[name] ?? 0)}</b></a>`)}<//>
    <${Tile} name="Backing off" n=${of(['backing-off'])} tone="warn" query=${{ status: 'backing-off' }} />
    <${Tile} name="Paused" n=${of(['paused'])} tone="warn" query=${{ status: 'paused' }} />
    <${Tile} name="Failed of late" n=${sum(ended.bad)} tone="bad" query=${{ status: 'failed,cancelled,killed', q: `ended:${MINUTES}m` }}>
      <${Spark} values=${ended.bad} tone="bad" label=${`${sum(ended.bad)} failed ${lately}`} /><//>
    <${Tile} name="Succeeded of late" n=${sum(ended.good)} tone="good" query=${{ status: 'succeeded', q: `ended:${MINUTES}m` }}>
      <${Spark} values=${ended.good} tone="good" label=${`${sum(ended.good)} succeeded ${lately}`} /><//>
  </section>`;
}

/** @param {{ name: string, n: number, tone: string, query: Record<string, string>, children?: any }} props */
function Tile({ name, n, tone, query, children }) {
  return html`<div class="card tile tone-${n > 0 ? tone : 'none'}">
    <a class="tile-main" href=${href(['invocations'], query)}><span>${name}</span><strong class="number">${number(n)}</strong></a>
    <div class="tile-more">${children}</div></div>`;
}

/** @param {{ data: Data }} props */
function Health({ data: { complaints, freeBytes, troubles } }) {
  return html`<section class="card" aria-label="Health"><h2>Health</h2><ul class="checks">
    ${complaints.map((text) => html`<li key=${text} class="tone-bad"><span class="sign" aria-hidden="true">✕</span><span><a href=${href(['engine'])}>The engine</a> is not well: <span class="pre">${text}</span></span></li>`)}
    ${complaints.length === 0 && html`<li class="tone-good"><span class="sign" aria-hidden="true">✓</span><span><a href=${href(['engine'])}>The engine</a> is well: no partition stands still, and the disk has ${bytes(freeBytes)} left.</span></li>`}
    ${troubles.length === 0 && html`<li class="tone-good"><span class="sign" aria-hidden="true">✓</span><span>No attempt fails at any deployment.</span></li>`}
    ${troubles.map((one) => html`<li key=${one.deployment + '/' + one.code} class="tone-${one.code === DOES_NOT_ANSWER ? 'bad' : 'warn'}">
      <span class="sign" aria-hidden="true">${one.code === DOES_NOT_ANSWER ? '✕' : '!'}</span>
      <span>${one.deployment ? html`<a class="id" href=${href(['deployments', one.deployment])}>${one.deployment}</a>` : 'Some deployment'}
        ${one.code === DOES_NOT_ANSWER ? ' does not answer: ' : ': attempts fail, '}
        <a href=${href(['invocations'], { status: 'backing-off,running,ready', q: one.deployment ? 'deployment:' + one.deployment : undefined })}>${number(one.n)} in trouble</a>,
        such as <span class="soft">${one.example}</span></span></li>`)}
  </ul></section>`;
}

/** @param {HandlerLoad} row @param {string} [status] */
function listOf(row, status) {
  return href(['invocations'], { q: `service:${row.service} handler:${row.handler}`, status });
}

/** @param {string} key @param {string} label @param {string[]} statuses */
function counted(key, label, statuses) {
  return {
    key, label, right: true, width: '90px',
    cell: (/** @type {HandlerLoad} */ row) => {
      const n = statuses.reduce((all, name) => all + (row.by[name] ?? 0), 0);
      return n === 0 ? html`<span class="faint">0</span>` : html`<a class="number" href=${listOf(row, statuses.join(','))}>${number(n)}</a>`;
    },
  };
}

/** @type {import('../components/table.js').Column[]} */
const COLUMNS = [
  { key: 'handler', label: 'Handler', cell: (row) => html`<a class="mono" href=${href(['services', row.service])}>${row.service}</a><span class="mono">/${row.handler}</span>` },
  { key: 'mean', label: 'Takes', right: true, width: '100px', cell: (row) => html`<${Duration} millis=${row.mean} />` },
  { key: 'longest', label: 'Longest', right: true, width: '100px', cell: (row) => html`<${Duration} millis=${row.longest} />` },
  counted('running', 'Running', ['running']),
  counted('waiting', 'Waiting', WAITING),
  counted('trouble', 'In trouble', ['backing-off', 'paused']),
  counted('failed', 'Failed', ['failed', 'cancelled', 'killed']),
  counted('succeeded', 'Succeeded', ['succeeded']),
];

/** @param {{ handlers: HandlerLoad[] }} props */
function Slowest({ handlers }) {
  return handlers.length === 0
    ? html`<${Empty} title="Nothing was invoked yet"><p>Call a handler from <a href=${href(['services'])}>its service</a>.</p><//>`
    : html`<section class="part" aria-label="Slowest handlers"><h2>Slowest handlers</h2>
      <${Table} label="Slowest handlers" columns=${COLUMNS} rows=${handlers.slice(0, HANDLERS_SHOWN)} id=${(/** @type {HandlerLoad} */ row) => row.service + '/' + row.handler}
        onOpen=${(/** @type {HandlerLoad} */ row) => go(listOf(row))} /></section>`;
}
