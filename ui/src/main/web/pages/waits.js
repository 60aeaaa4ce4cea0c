// Who waits for whom: deadlocks, what most others wait for, and the graph around one invocation.
import { WaitGraph } from '../components/graph.js';
import { Empty, Shown } from '../components/notice.js';
import { StatusBadge } from '../components/status.js';
import { Table } from '../components/table.js';
import { InvocationLink, Time } from '../components/text.js';
import { count, number } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { href, setQuery, usePlace } from '../core/router.js';
import { blockers } from '../model/graph.js';
import { statusOf } from '../model/status.js';
import { around, everybody, WAITS_MAX } from '../model/waits.js';

/** @typedef {import('../model/waits.js').Graph} Graph */
/** @typedef {import('../model/waits.js').Edge} Edge */

const DRAWN_MAX = 60; // more boxes are no picture
const BLOCKERS_MAX = 50;
const EVERY = 10_000; // nobody tells of waits

export default function Waits() {
  const id = usePlace().query.get('id') ?? '';
  const found = useLive((signal) => (id ? around(id, signal) : everybody(signal)), [id], { every: EVERY });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  return html`<div class="bar"><h1>Waits</h1><${Search} id=${id} /></div>
    <${Shown} of=${found}>${(/** @type {Graph} */ graph) => html`
      ${graph.deadlocks.map((cycle, i) => html`<${Deadlock} key=${i} cycle=${cycle} graph=${graph} />`)}
      ${id ? html`<${One} id=${id} graph=${graph} />` : html`<${All} graph=${graph} />`}`}<//>`;
}

/** @param {{ id: string }} props */
function Search({ id }) {
  const [draft, setDraft] = useState(id);
  return html`<form class="bar grow" role="search" onSubmit=${(/** @type {Event} */ e) => {
    e.preventDefault();
    setQuery({ id: draft.trim() }, { replace: false });
  }}><input class="search" data-search type="search" aria-label="Around which invocation" placeholder="Around an invocation:  inv_…" value=${draft}
      onInput=${(/** @type {any} */ e) => setDraft(e.target.value)} /><button type="submit">Show</button>
    ${id && html`<a class="button" href=${href(['waits'])}>All waits</a>`}</form>`;
}

/** @param {{ cycle: Edge[], graph: Graph }} props */
function Deadlock({ cycle, graph }) {
  const since = Math.max(...cycle.map((edge) => edge.since ?? 0));
  const name = (/** @type {string} */ id) => graph.nodes.get(id)?.label ?? id;
  const objects = cycle.filter((edge) => edge.object).map((edge) => edge.object);
  return html`<section class="notice tone-bad deadlock" aria-label="Deadlock"><strong>Deadlock${objects.length > 0 && ` at ${objects.join(' and ')}`}</strong>
    ${since > 0 && html` since <${Time} at=${since} />`}: ${count(cycle.length, 'invocation')} wait for each other, and none can go on.
    <ol>${cycle.map((edge) => html`<li key=${edge.from}><span class="mono">${name(edge.from)}</span> <${InvocationLink} id=${edge.from} />
      ${edge.object ? html` waits in the queue of <b class="mono">${edge.object}</b>, which is held by ` : ` waits for its ${edge.what} of `}<span class="mono">${name(edge.to)}</span></li>`)}</ol>
    Cancel one of them, and the others go on. So that it does not come again, let a handler send instead of call, or have all call in the same order.</section>`;
}

/** @param {{ id: string, graph: Graph }} props */
function One({ id, graph }) {
  const me = graph.nodes.get(id);
  if (graph.edges.length === 0) {
    return html`<${Empty} title=${me?.row ? 'It waits for nothing, and nobody waits for it' : 'There is no such invocation'}>
      <p class="id">${id}</p>${me?.row && html`<p><${StatusBadge} status=${statusOf(me.row)} /> <span class="mono">${me.label}</span></p>`}<//>`;
  }
  return html`<${Drawn} graph=${graph} chosen=${id} />
    ${graph.more && html`<p class="faint">There is more than is shown.</p>`}`;
}

/** @param {{ graph: Graph, chosen?: string }} props */
function Drawn({ graph, chosen }) {
  return graph.nodes.size > DRAWN_MAX && !chosen ? null : html`<${WaitGraph} graph=${graph} chosen=${chosen} />`;
}

/** @type {import('../components/table.js').Column[]} */
const COLUMNS = [
  { key: 'label', label: 'What is waited for', cell: ({ node }) => html`<span class="mono" title=${node.label}>${node.label}</span>` },
  { key: 'status', label: 'Status', width: '120px', cell: ({ node }) => node.row && html`<${StatusBadge} status=${statusOf(node.row)} />` },
  { key: 'id', label: 'Invocation', width: '180px', cell: ({ node }) => node.isInvocation && html`<${InvocationLink} id=${node.id} />` },
  { key: 'waiters', label: 'Wait for it', right: true, width: '100px', cell: ({ node, waiters }) => (node.isInvocation
    ? html`<a class="number" href=${href(['waits'], { id: node.id })}>${number(waiters)}</a>` : html`<span class="number">${number(waiters)}</span>`) },
  { key: 'since', label: 'Since', width: '130px', cell: ({ since }) => html`<${Time} at=${since} />` },
];

/** @param {{ graph: Graph }} props */
function All({ graph }) {
  if (graph.edges.length === 0) {
    return html`<${Empty} title="Nobody waits"><p>What calls another one, queues at an object, or waits for a promise, an awakeable or its time shows up here.</p><//>`;
  }
  const most = blockers(graph);
  return html`${graph.deadlocks.length === 0 && html`<p class="good-text">✓ No deadlock${graph.more ? ` among the first ${number(WAITS_MAX)} waits` : ''}.</p>`}
    <section class="part" aria-label="What is waited for"><${Table} label="What is waited for" columns=${COLUMNS} rows=${most.slice(0, BLOCKERS_MAX)} id=${(/** @type {any} */ row) => row.node.id} /></section>
    <h2 class="below">${count(graph.edges.length, 'wait')}${graph.more ? ', and more' : ''}</h2>
    ${graph.nodes.size > DRAWN_MAX ? html`<p class="faint">Too many for a picture: choose one above.</p>` : html`<${Drawn} graph=${graph} />`}`;
}
