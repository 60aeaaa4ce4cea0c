// What an invocation was given and gave, and what is kept under its key.
import { literal, query } from '../core/api.js';
import { bytes } from '../core/format.js';
import { html, useEffect, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { payload } from '../model/journal.js';
import { Failed, Loading, Shown } from './notice.js';
import { bytesOfHex, Payload } from './payload.js';

const KEYS_MAX = 200;
const LONG = 65_536;

/** @param {{ data: import('../model/journal.js').Whole, id: string }} props */
export function Data({ data, id }) {
  const row = /** @type {Record<string, any>} */ (data.row);
  const output = data.entries.find((entry) => entry.type === 'Output');
  return html`<div class="columns">
      <section class="card"><h2>Input</h2>${data.entries.length ? html`<${EntryPayload} id=${id} index=${0} />` : html`<p class="faint">It has not begun.</p>`}</section>
      <section class="card"><h2>Output</h2>${output ? html`<${EntryPayload} id=${id} index=${output.index} />`
        : html`<p class="faint">${row.completion_failure ?? (row.status === 'completed' ? 'Its journal is not kept any more.' : 'There is none yet.')}</p>`}</section>
    </div>
    ${row.target_service_key !== null && html`<div class="columns below">
      <section class="card"><h2>State of ${row.target_service_name}/${row.target_service_key}</h2><${State} row=${row} /></section>
      ${row.target_service_ty === 'workflow' && html`<section class="card"><h2>Promises</h2><${Promises} row=${row} /></section>`}</div>`}`;
}

/** @param {{ id: string, index: number }} props */
function EntryPayload({ id, index }) {
  const [state, set] = useState(/** @type {any} */ ({}));
  useEffect(() => {
    payload(id, index).then((found) => set({ found }), (error) => set({ error }));
  }, [id, index]);
  if (state.error) {
    return html`<${Failed} error=${state.error} />`;
  } else if (!state.found) {
    return html`<${Loading} />`;
  }
  return state.found.failure !== null ? html`<div class="notice tone-bad pre">${state.found.failure}</div>`
    : state.found.raw ? html`<${Payload} raw=${state.found.raw} />` : html`<p class="faint">Nothing.</p>`;
}

/** @param {Record<string, any>} row */
function object(row) {
  const scope = row.scope ? ` AND scope = ${literal(row.scope)}` : '';
  return `service_name = ${literal(row.target_service_name)} AND service_key = ${literal(row.target_service_key)}${scope}`;
}

/** @param {{ row: Record<string, any> }} props */
function State({ row }) {
  const found = useLive((signal) => query(
    `SELECT key, value_length, CASE WHEN value_length <= ${LONG} THEN "value" END AS content FROM state
     WHERE ${object(row)} ORDER BY key LIMIT ${KEYS_MAX}`, { signal }), [row.target]);
  return html`<${Shown} of=${found}>${(/** @type {any[]} */ keys) => (keys.length
    ? keys.map((entry) => (entry.content === null || entry.content === undefined
      ? html`<p key=${entry.key}><code>${entry.key}</code> <span class="faint">${bytes(Number(entry.value_length))}, too long to be shown here</span></p>`
      : html`<${Payload} key=${entry.key} title=${entry.key} raw=${bytesOfHex(entry.content)} />`))
    : html`<p class="faint">It has none.</p>`)}<//>`;
}

/** @param {{ row: Record<string, any> }} props */
function Promises({ row }) {
  const found = useLive((signal) => query(
    `SELECT key, completed, completion_success_value, completion_failure FROM sys_promise WHERE ${object(row)} ORDER BY key LIMIT ${KEYS_MAX}`,
    { signal }), [row.target]);
  return html`<${Shown} of=${found}>${(/** @type {any[]} */ promises) => (promises.length
    ? promises.map((one) => (one.completion_success_value
      ? html`<${Payload} key=${one.key} title=${one.key} raw=${bytesOfHex(one.completion_success_value)} />`
      : html`<p key=${one.key}><code>${one.key}</code> ${one.completion_failure
        ? html`<span class="badge tone-bad">${one.completion_failure}</span>` : html`<span class="badge tone-wait">open</span>`}</p>`))
    : html`<p class="faint">It has none.</p>`)}<//>`;
}
