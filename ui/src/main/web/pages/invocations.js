// The list of invocations: searched, sorted, watched, and acted on.
import { BulkActions } from '../components/actions.js';
import { Filter } from '../components/filter.js';
import { Menu } from '../components/menu.js';
import { Empty, Failed, Loading } from '../components/notice.js';
import { StatusBadge } from '../components/status.js';
import { Table } from '../components/table.js';
import { Duration, InvocationLink, Time } from '../components/text.js';
import { count, millis, number } from '../core/format.js';
import { html, useEffect, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { go, href, setQuery, usePlace } from '../core/router.js';
import { useSetting } from '../core/settings.js';
import { counts, ENDED_LOOKED_AT, list, LOOKED_AT, PAGE, SORTS } from '../model/lists.js';
import { STATUSES, statusOf } from '../model/status.js';

/** @typedef {import('../components/table.js').Column} Column */

/** @type {Column[]} */
const CELLS = [
  { key: 'status', label: 'Status', width: '120px', cell: (row) => html`<${StatusBadge} status=${statusOf(row)} />` },
  { key: 'target', label: 'Target', cell: (row) => html`<span class="mono" title=${row.target}>${row.target}</span>` },
  { key: 'id', label: 'Id', width: '170px', cell: (row) => html`<${InvocationLink} id=${row.id} />` },
  { key: 'created_at', label: 'Created', width: '130px', cell: (row) => html`<${Time} at=${millis(row.created_at)} />` },
  { key: 'took', label: 'Took', width: '100px', right: true, cell: (row) => html`<${Duration} millis=${took(row)} />` },
  { key: 'modified_at', label: 'Changed', width: '130px', cell: (row) => html`<${Time} at=${millis(row.modified_at)} />` },
  { key: 'retry_count', label: 'Attempts', width: '90px', right: true, cell: (row) => (row.retry_count ? number(row.retry_count) : '') },
  { key: 'reason', label: 'Failure', cell: (row) => html`<span title=${reason(row)}>${reason(row)}</span>` },
  { key: 'invoked_by', label: 'By', cell: (row) => (row.invoked_by_id ? html`<${InvocationLink} id=${row.invoked_by_id} />` : row.invoked_by) },
  { key: 'pinned_deployment_id', label: 'Deployment', cell: (row) => html`<span class="id">${row.pinned_deployment_id}</span>` },
  { key: 'idempotency_key', label: 'Idempotency key', cell: (row) => row.idempotency_key },
  { key: 'scope', label: 'Scope', cell: (row) => row.scope },
];

const COLUMNS = CELLS.map((column) => ({ ...column, sortable: column.key in SORTS }));

const SHOWN = ['status', 'target', 'id', 'created_at', 'took', 'retry_count', 'reason'];

/** @type {{ name: string, search: string }[]} */
const VIEWS = [
  { name: 'All', search: '' },
  { name: 'Not completed', search: 'status=scheduled,pending,ready,running,backing-off,suspended,paused' },
  { name: 'In trouble', search: 'status=backing-off,paused' },
  { name: 'Oldest not completed', search: 'status=pending,ready,running,backing-off,suspended,paused&sort=created_at.up' },
];

/** @param {any} row */
function took(row) {
  const begun = millis(row.running_at) ?? millis(row.created_at);
  const ended = millis(row.completed_at);
  return ended !== null && begun !== null ? ended - begun : row.status === 'running' && begun !== null ? Date.now() - begun : null;
}

/** @param {any} row */
function reason(row) {
  return String(row.completion_failure ?? row.last_failure ?? '').split('\n')[0];
}

export default function Invocations() {
  const { query } = usePlace();
  const filter = { text: query.get('q') ?? '', statuses: (query.get('status') ?? '').split(',').filter(Boolean), all: query.has('all') };
  const [key, way] = (query.get('sort') ?? 'created_at.down').split('.');
  const sort = { key, down: way !== 'up' };
  const about = JSON.stringify([filter, sort]);
  const [size, setSize] = useState(PAGE);
  const [selected, select] = useState(/** @type {Set<string>} */ (new Set()));
  const [shown, setShown] = useSetting('columns', SHOWN);
  useEffect(() => {
    setSize(PAGE);
    select(new Set());
  }, [about]);
  const found = useLive((signal) => list(filter, sort, size, signal), [about], filter.all ? { fallback: 0, concerns: () => false } : {});
  const counted = useLive(counts, []);
  const [more, setMore] = useState(0);
  useEffect(() => {
    if (more > size) {
      setSize(more);
    }
  }, [more]);
  useEffect(() => {
    if (size > PAGE) {
      found.refresh();
    }
  }, [size]);
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  const rows = found.data?.rows ?? [];
  const columns = COLUMNS.filter((column) => shown.includes(column.key));
  return html`<div class="fill">
    <h1 class="visually-hidden">Invocations</h1>
    <div class="bar"><${Filter} text=${filter.text} onText=${(/** @type {string} */ q) => setQuery({ q }, { replace: false })} />
      <${Views} /><${Columns} shown=${shown} onShown=${setShown} />
      <${BulkActions} selected=${selected} filter=${filter} onDone=${() => {
        select(new Set());
        found.refresh();
      }} /></div>
    <${Counts} chosen=${filter.statuses} found=${counted} />
    ${counted.data?.more && html`<${Bounded} all=${filter.all} />`}
    ${found.error && found.error.status !== 0 && html`<${Failed} error=${found.error} retry=${found.refresh} />`}
    ${!found.data ? html`<${Loading} />` : rows.length === 0 ? html`<${Nothing} filtered=${filter.text !== '' || filter.statuses.length > 0} />`
      : html`<${Table} label="Invocations" columns=${columns} rows=${rows} id=${(/** @type {any} */ row) => row.id} sort=${sort}
        onSort=${(/** @type {string} */ k) => setQuery({ sort: k + (sort.key === k && sort.down ? '.up' : '.down') })}
        selected=${selected} onSelect=${select} onOpen=${(/** @type {any} */ row) => go(href(['invocations', row.id]))}
        onEnd=${() => found.data?.hasMore && setMore(rows.length + PAGE)}
        foot=${html`<div class="table-foot">${count(rows.length, 'invocation')}${found.data.hasMore && ', and more: scroll on'}</div>`} />`}
  </div>`;
}

/** Says among how many is searched, and lets all be looked at. @param {{ all: boolean }} props */
function Bounded({ all }) {
  return html`<p class="faint bounded" role="note">${all ? 'Searched among all, however long that takes, and not anew when something changes.'
    : `Searched and counted among the first ${number(LOOKED_AT)} that go on, and the ${number(ENDED_LOOKED_AT)} that ended last.`}
    ${' '}<button type="button" class="link" onClick=${() => setQuery({ all: all ? '' : '1' }, { replace: false })}>${all ? 'Search among the newest' : 'Search among all'}</button></p>`;
}

/** How many of each status; a click shows only those. @param {{ chosen: string[], found: import('../core/live.js').Loaded<any> }} props */
function Counts({ chosen, found }) {
  /** @type {Record<string, number>} */
  const by = {};
  (found.data?.rows ?? []).forEach((/** @type {any} */ row) => {
    const { name } = statusOf(row);
    by[name] = (by[name] ?? 0) + row.n;
  });
  /** @param {string} name */
  function toggle(name) {
    const next = chosen.includes(name) ? chosen.filter((s) => s !== name) : [...chosen, name];
    setQuery({ status: next.join(',') }, { replace: false });
  }
  return html`<div class="bar chips" role="group" aria-label="Statuses">
    ${Object.values(STATUSES).map(({ name, tone, sign, what }) => html`<button key=${name} type="button" class="chip tone-${tone}" title=${what}
      aria-pressed=${chosen.includes(name)} onClick=${() => toggle(name)}><span aria-hidden="true">${sign}</span> ${name}
      <span class="number">${found.data ? number(by[name] ?? 0) : '·'}</span></button>`)}
  </div>`;
}

/** @param {{ filtered: boolean }} props */
function Nothing({ filtered }) {
  return filtered
    ? html`<${Empty} title="No invocation matches"><p><a href=${href(['invocations'])}>Show all</a>, or change the search above.</p><//>`
    : html`<${Empty} title="Nothing was invoked yet">
      <p>Register where your handlers run, and call one:</p>
      <pre>curl ${location.origin}/deployments --json '{"uri":"http://localhost:9080"}'</pre>
      <p>What was called shows up here at once.</p><//>`;
}

/** Ways to look at the list: some that are given, and those that somebody saved. */
function Views() {
  const [saved, setSaved] = useSetting('views', /** @type {{ name: string, search: string }[]} */ ([]));
  const [name, setName] = useState('');
  function save() {
    if (name.trim()) {
      setSaved([...saved.filter((view) => view.name !== name.trim()), { name: name.trim(), search: location.search.slice(1) }]);
      setName('');
    }
  }
  return html`<${Menu} label="Views ▾" align="right" name="views">
    ${[...VIEWS, ...saved].map((view) => html`<div class="bar view" key=${view.name}><button type="button" class="item grow" data-closes
        onClick=${() => go(href(['invocations']) + (view.search && '?' + view.search))}>${view.name}</button>
      ${saved.includes(view) && html`<button type="button" class="quiet" aria-label=${'Forget ' + view.name}
        onClick=${() => setSaved(saved.filter((v) => v !== view))}>✕</button>`}</div>`)}
    <label class="field">Save what is shown as
      <input value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === 'Enter' && save()} /></label>
    <button type="button" onClick=${save}>Save</button>
  <//>`;
}

/** @param {{ shown: string[], onShown: (shown: string[]) => void }} props */
function Columns({ shown, onShown }) {
  return html`<${Menu} label="Columns ▾" align="right" name="columns">${COLUMNS.map(({ key, label }) => html`<label class="choice" key=${key}>
    <input type="checkbox" checked=${shown.includes(key)}
      onChange=${() => onShown(shown.includes(key) ? shown.filter((k) => k !== key) : [...shown, key])} /> ${label}</label>`)}
  <//>`;
}
