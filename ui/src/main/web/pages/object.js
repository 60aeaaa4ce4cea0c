// One object or workflow run: who holds it, who queues, what it keeps and what was promised.
import { Shown } from '../components/notice.js';
import { Payload } from '../components/payload.js';
import { StateEditor } from '../components/stateeditor.js';
import { StatusBadge } from '../components/status.js';
import { Table } from '../components/table.js';
import { InvocationLink, Time } from '../components/text.js';
import { count, millis } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { href, usePlace } from '../core/router.js';
import { whole } from '../model/objects.js';
import { statusOf } from '../model/status.js';

/** @typedef {import('../model/objects.js').Whole} Whole */

const EVERY = 3_000;

/** @param {{ params: Record<string, string> }} props */
export default function ObjectPage({ params: { service, key } }) {
  const [edits, edit] = useState(false);
  const scope = usePlace().query.get('scope');
  const found = useLive((signal) => whole(service, key, scope, signal), [service, key, scope], { every: EVERY });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  const quoted = /\s/.test(key) ? `"${key}"` : key;
  return html`<header class="bar"><h1 class="mono">${service}/${key}</h1>${scope !== null && html`<span class="faint">in scope <b>${scope}</b></span>`}<span class="grow"></span>
      <a class="button" href=${href(['services', service])}>Its service</a>
      <a class="button" href=${href(['invocations'], { q: `service:${service} key:${quoted}${scope === null ? '' : ' scope:' + (/\s/.test(scope) ? `"${scope}"` : scope)}` })}>Its invocations</a></header>
    <${Shown} of=${found}>${(/** @type {Whole} */ data) => html`
      ${data.type === 'Workflow' ? html`<${Run} runs=${data.runs} />` : html`<${Lock} holder=${data.holder} waiting=${data.queue.length} more=${data.more} />`}
      ${data.queue.length > 0 && html`<h2>Queue</h2><section class="part"><${Table} label="Queue" columns=${QUEUE} rows=${data.queue} id=${(/** @type {any} */ row) => String(row.sequence_number)}
        foot=${data.more && html`<div class="table-foot">The first ${data.queue.length}.</div>`} /></section>`}
      ${data.type === 'Workflow' && html`<${Promises} promises=${data.promises} />`}
      <section class="card below" aria-label="State"><div class="bar"><h2>State</h2><span class="grow"></span>
        <button type="button" disabled=${data.type === null || data.state.some((entry) => !entry.isText)}
          title=${data.state.some((entry) => !entry.isText) ? 'A key is no text, and cannot be written here' : ''} onClick=${() => edit(true)}>Change the state</button></div>
        ${data.state.length === 0 && html`<p class="faint">It keeps nothing.</p>`}
        ${data.state.map((entry) => html`<${Payload} key=${entry.key} raw=${entry.value} title=${entry.key} />`)}</section>
      ${edits && html`<${StateEditor} service=${service} name=${key} scope=${scope} state=${data.state} onClose=${() => edit(false)} onDone=${found.refresh} />`}`}<//>`;
}

/** @type {import('../components/table.js').Column[]} */
const QUEUE = [
  { key: 'place', label: 'In turn', width: '80px', right: true, cell: (row) => row.sequence_number },
  { key: 'target', label: 'What', cell: (row) => (row.id ? html`<span class="mono">${row.target ?? ''}</span>` : 'a change of the state') },
  { key: 'id', label: 'Id', width: '180px', cell: (row) => row.id && html`<${InvocationLink} id=${row.id} />` },
  { key: 'since', label: 'Since', width: '130px', cell: (row) => html`<${Time} at=${millis(row.inboxed_at)} />` },
];

/** @param {{ holder: any, waiting: number, more: boolean }} props */
function Lock({ holder, waiting, more }) {
  if (!holder) {
    return html`<section class="card" aria-label="Lock"><p>Nobody holds it: the next call of it runs at once.</p></section>`;
  }
  return html`<section class="card" aria-label="Lock"><div class="bar"><h2>Held by</h2><${InvocationLink} id=${holder.id} full />
      ${holder.status && html`<${StatusBadge} status=${statusOf(holder)} />`}<span class="grow"></span>
      <a class="button" href=${href(['waits'], { id: holder.id })}>Who waits for whom</a></div>
    <p><span class="mono">${holder.target}</span> holds it since <${Time} at=${millis(holder.running_at ?? holder.created_at)} />${waiting > 0 && html`, and ${more ? 'more than ' : ''}${count(waiting, 'other')} ${waiting === 1 ? 'waits' : 'wait'} for it`}.
      To let the next one go on, open it and cancel or kill it.</p>
    ${holder.last_failure && html`<p class="pre soft">${String(holder.last_failure).split('\n')[0]}</p>`}</section>`;
}

/** @param {{ runs: any[] }} props */
function Run({ runs }) {
  return html`<section class="card" aria-label="Run"><h2>Run</h2>${runs.length === 0 ? html`<p class="faint">It has not been started, or is forgotten.</p>`
    : runs.map((run) => html`<p key=${run.id}><${InvocationLink} id=${run.id} full /> <${StatusBadge} status=${statusOf(run)} /> started <${Time} at=${millis(run.created_at)} />
      ${run.completion_failure && html` <span class="bad-text">${run.completion_failure}</span>`}</p>`)}</section>`;
}

/** @param {{ promises: any[] }} props */
function Promises({ promises }) {
  return html`<section class="card" aria-label="Promises"><h2>Promises</h2>${promises.length === 0 && html`<p class="faint">There is none.</p>`}
    ${promises.map((promise) => (promise.value ? html`<${Payload} key=${promise.key} raw=${promise.value} title=${promise.key} />`
      : html`<p key=${promise.key}><b class="mono">${promise.key}</b> ${promise.completion_failure ? html`<span class="bad-text">${promise.completion_failure}</span>` : html`<span class="faint">is open: somebody waits for it</span>`}</p>`))}</section>`;
}
