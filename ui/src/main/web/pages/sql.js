// SQL over what the server knows: written, run, looked at, taken along.
import { Editor } from '../components/editor.js';
import { Menu } from '../components/menu.js';
import { Failed, Loading } from '../components/notice.js';
import { Table } from '../components/table.js';
import { InvocationLink, Time } from '../components/text.js';
import { asked, query } from '../core/api.js';
import { count, duration } from '../core/format.js';
import { html, useEffect, useRef, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { href, setQuery, usePlace } from '../core/router.js';
import { useSetting } from '../core/settings.js';
import { catalogue, columnsOf, csv, download, EXAMPLES, textOf } from '../model/sql.js';

/** @typedef {{ sql: string, at: number, millis: number, rows: number }} Ran */
/** @typedef {{ rows: any[], millis: number, isPlan: boolean }} Result */

const KEPT_MAX = 50;
const ANSWER_BYTES_MAX = 64 << 20; // what a browser can hold and draw

/** Running a query, one at a time; it stops when another begins, or the page is left. */
function useRun() {
  const [state, set] = useState(/** @type {{ result?: Result, error?: any, running?: boolean }} */ ({}));
  const [history, setHistory] = useSetting('queries', /** @type {Ran[]} */ ([]));
  const current = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => () => current.current?.abort(), []);
  /** @param {string} sql @param {boolean} isPlan */
  async function run(sql, isPlan) {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    set({ running: true });
    const at = Date.now();
    const begun = performance.now();
    try {
      const rows = await query(isPlan ? 'EXPLAIN ' + sql : sql, { signal: abort.signal, bytesMax: ANSWER_BYTES_MAX });
      const millis = performance.now() - begun;
      set({ result: { rows, millis, isPlan } });
      if (!isPlan) {
        setHistory([{ sql, at, millis, rows: rows.length }, ...history.filter((ran) => ran.sql !== sql)].slice(0, KEPT_MAX));
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        set({ error });
      }
    }
  }
  function stop() {
    current.current?.abort();
    set({});
  }
  return { ...state, history, run, stop, forget: () => setHistory([]) };
}

export default function Sql() {
  const place = usePlace();
  const [sql, setSql] = useState(place.query.get('sql') ?? EXAMPLES[0].sql);
  const tables = useLive(catalogue, [], { fallback: 0, concerns: () => false });
  const runs = useRun();
  /** @param {boolean} isPlan */
  function run(isPlan) {
    const text = sql.trim().replace(/;$/, '');
    if (text) {
      setQuery({ sql: text });
      runs.run(text, isPlan);
    }
  }
  return html`<h1 class="visually-hidden">SQL</h1><div class="sql">
    <section class="sql-main" aria-label="Query">
      <${Editor} sql=${sql} onChange=${setSql} onRun=${() => run(false)} tables=${tables.data ?? []} />
      <div class="bar">
        <button type="button" class="primary" title="Ctrl+Enter" onClick=${() => run(false)}>Run</button>
        <button type="button" onClick=${() => run(true)}>Plan</button>
        ${runs.running && html`<button type="button" onClick=${runs.stop}>Stop</button>`}
        <span class="grow"></span>
        <${Menu} label="Examples ▾" name="examples" align="right">${EXAMPLES.map((example) => html`<button key=${example.name} type="button" class="item" data-closes
          onClick=${() => setSql(example.sql)}>${example.name}</button>`)}<//>
        <${History} runs=${runs} onChoose=${setSql} />
      </div>
      ${runs.running && html`<${Loading} />`}
      ${runs.error && html`<${Failed} error=${runs.error} what="The query failed" />`}
      ${runs.result && html`<${Shown} result=${runs.result} />`}
      ${!runs.running && !runs.error && !runs.result && html`<p class="faint">Ctrl+Enter runs it. Tab takes the first completion. A LIMIT keeps the answer small.</p>`}
    </section>
    <${Catalogue} tables=${tables.data ?? []} onChoose=${(/** @type {string} */ table) => setSql(`SELECT *\nFROM ${table}\nLIMIT 100`)} />
  </div>`;
}

/** @param {{ runs: ReturnType<typeof useRun>, onChoose: (sql: string) => void }} props */
function History({ runs, onChoose }) {
  const item = (/** @type {Ran} */ ran, /** @type {number} */ i) => html`<button key=${i} type="button" class="item ran" data-closes title=${ran.sql} onClick=${() => onChoose(ran.sql)}>
    <code>${ran.sql.replace(/\s+/g, ' ')}</code><span class="faint">${ran.rows < 0 ? 'failed' : count(ran.rows, 'row')}, ${duration(ran.millis)}, <${Time} at=${ran.at} /></span></button>`;
  return html`<${Menu} label="History ▾" name="history" align="right">
    <h3>What you ran</h3>${runs.history.length === 0 && html`<p class="faint">Nothing yet.</p>`}${runs.history.map(item)}
    ${runs.history.length > 0 && html`<button type="button" class="quiet" onClick=${runs.forget}>Forget these</button>`}
    <h3>What this page asked</h3>${asked.slice(0, 15).map(item)}<//>`;
}

/** @param {{ tables: import('../model/sql.js').TableOf[], onChoose: (table: string) => void }} props */
function Catalogue({ tables, onChoose }) {
  return html`<aside class="catalogue" aria-label="Tables"><h2>Tables</h2>${tables.map((table) => html`<details key=${table.name}>
    <summary class="mono">${table.name}</summary>
    <button type="button" class="quiet" onClick=${() => onChoose(table.name)}>Select its rows</button>
    <ul>${table.columns.map((column) => html`<li key=${column.name}><code>${column.name}</code> <span class="faint">${column.type}</span></li>`)}</ul>
  </details>`)}</aside>`;
}

/** @param {{ value: unknown }} props */
function Cell({ value }) {
  if (value === null || value === undefined) {
    return html`<span class="faint">null</span>`;
  }
  const text = textOf(value);
  if (/^inv_[0-9A-Za-z]{20,}$/.test(text)) {
    return html`<${InvocationLink} id=${text} />`;
  } else if (/^dp_[0-9A-Za-z]+$/.test(text)) {
    return html`<a class="id" href=${href(['deployments', text])}>${text}</a>`;
  }
  return html`<span class=${typeof value === 'number' ? 'number' : ''} title=${text}>${text.length > 300 ? text.slice(0, 300) + '…' : text}</span>`;
}

/** @param {{ result: Result }} props */
function Shown({ result: { rows, millis, isPlan } }) {
  if (isPlan) {
    return html`${rows.map((row) => html`<section class="card" key=${row.plan_type}><h2>${row.plan_type}</h2><pre tabindex="0">${row.plan}</pre></section>`)}`;
  }
  const columns = columnsOf(rows).map((name) => ({
    key: name, label: name, right: rows.some((row) => typeof row[name] === 'number'), cell: (/** @type {any} */ row) => html`<${Cell} value=${row[name]} />`,
  }));
  const numbered = new Map(rows.map((row, i) => [row, String(i)]));
  return html`<div class="bar"><strong role="status">${count(rows.length, 'row')} in ${duration(millis)}</strong><span class="grow"></span>
      <button type="button" onClick=${() => download('query.csv', 'text/csv', csv(rows))}>CSV</button>
      <button type="button" onClick=${() => download('query.json', 'application/json', JSON.stringify(rows, null, 2))}>JSON</button></div>
    ${rows.length > 0 && html`<div class="part"><${Table} label="Result" columns=${columns} rows=${rows} id=${(/** @type {any} */ row) => numbered.get(row)} /></div>`}`;
}
