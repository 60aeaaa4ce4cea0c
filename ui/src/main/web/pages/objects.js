// Objects and workflow runs, those with the longest queue first.
import { Empty, Shown } from '../components/notice.js';
import { StatusBadge } from '../components/status.js';
import { Table } from '../components/table.js';
import { InvocationLink } from '../components/text.js';
import { bytes, number } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { go, href, setQuery, usePlace } from '../core/router.js';
import { instances, SHOWN_MAX } from '../model/objects.js';
import { statusOf } from '../model/status.js';

/** @typedef {import('../model/objects.js').Instance} Instance */

const EVERY = 10_000;

/** @param {Instance} row */
function addressOf({ service, key, scope }) {
  return href(['objects', service, key], scope === null ? {} : { scope });
}

/** @type {import('../components/table.js').Column[]} */
const COLUMNS = [
  { key: 'name', label: 'Object or run', cell: (row) => html`<a class="mono" href=${addressOf(row)} title=${row.key}>${row.service}/${row.key}</a>${row.scope !== null && html` <span class="faint">in scope <b>${row.scope}</b></span>`}` },
  { key: 'waiting', label: 'Wait for it', right: true, width: '100px', cell: (row) => (row.waiting ? html`<span class="number">${number(row.waiting)}</span>` : html`<span class="faint">0</span>`) },
  { key: 'holder', label: 'Held by', width: '180px', cell: (row) => (row.holder ? html`<${InvocationLink} id=${row.holder} />` : html`<span class="faint">nobody</span>`) },
  { key: 'run', label: 'Run', width: '120px', cell: (row) => row.run && html`<${StatusBadge} status=${statusOf(row.run)} />` },
  { key: 'entries', label: 'Keys of state', right: true, width: '110px', cell: (row) => (row.entries ? number(row.entries) : html`<span class="faint">0</span>`) },
  { key: 'bytes', label: 'Size', right: true, width: '90px', cell: (row) => (row.bytes ? bytes(row.bytes) : '') },
];

export default function Objects() {
  const { query } = usePlace();
  const filter = { service: query.get('service') ?? '', key: query.get('key') ?? '' };
  const found = useLive((signal) => instances(filter, signal), [filter.service, filter.key], { every: EVERY });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  return html`<div class="fill"><div class="bar"><h1>Objects and workflows</h1><${Search} key=${filter.service + '/' + filter.key} filter=${filter} /></div>
    <${Shown} of=${found}>${(/** @type {Instance[]} */ rows) => (rows.length === 0 ? html`<${Nothing} filter=${filter} />`
      : html`<${Table} label="Objects and workflows" columns=${COLUMNS} rows=${rows} id=${(/** @type {Instance} */ row) => JSON.stringify([row.service, row.key, row.scope])}
        onOpen=${(/** @type {Instance} */ row) => go(addressOf(row))}
        foot=${rows.length >= SHOWN_MAX && html`<div class="table-foot">The first ${number(SHOWN_MAX)}: name a service or a key above.</div>`} />`)}<//></div>`;
}

/** @param {{ filter: { service: string, key: string } }} props */
function Search({ filter }) {
  const [draft, setDraft] = useState(filter);
  return html`<form class="bar grow" role="search" onSubmit=${(/** @type {Event} */ e) => {
    e.preventDefault();
    setQuery(draft, { replace: false });
  }}><input class="search" data-search type="search" aria-label="Service" placeholder="Service" value=${draft.service} onInput=${(/** @type {any} */ e) => setDraft({ ...draft, service: e.target.value })} />
    <input class="search" type="search" aria-label="Key" placeholder="Key, as it is" value=${draft.key} onInput=${(/** @type {any} */ e) => setDraft({ ...draft, key: e.target.value })} />
    <button type="submit">Show</button>
    ${draft.service && draft.key && html`<a class="button" href=${href(['objects', draft.service, draft.key])}>Open it</a>`}</form>`;
}

/** @param {{ filter: { service: string, key: string } }} props */
function Nothing({ filter }) {
  return filter.service || filter.key
    ? html`<${Empty} title="None is held, waited for, or keeps a state"><p><a href=${href(['objects'])}>Show all</a>, or <a href=${href(['services'])}>call one</a>.</p><//>`
    : html`<${Empty} title="No object or workflow was called yet"><p>Call a handler of a virtual object or a workflow from <a href=${href(['services'])}>its service</a>: its key makes the object.</p><//>`;
}
