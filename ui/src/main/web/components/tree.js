// Who called it, and whom it called; opened level by level.
import { duration, millis } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { children } from '../model/journal.js';
import { statusOf } from '../model/status.js';
import { Shown } from './notice.js';
import { StatusBadge } from './status.js';
import { InvocationLink, Time } from './text.js';

/** @param {{ data: import('../model/journal.js').Whole, id: string }} props */
export function Tree({ data, id }) {
  const row = /** @type {Record<string, any>} */ (data.row);
  return html`<div class="card"><ul class="tree">
    ${row.invoked_by_id && html`<li><div><span class="faint">called by</span> <span class="mono">${row.invoked_by_target}</span> <${InvocationLink} id=${row.invoked_by_id} /></div></li>`}
    <${Node} row=${{ ...row, id }} open />
  </ul></div>`;
}

/** @param {{ row: Record<string, any>, open?: boolean }} props */
function Node({ row, open = false }) {
  const [isOpen, setOpen] = useState(open);
  const begun = millis(row.created_at);
  const ended = millis(row.completed_at);
  return html`<li><div>
      <button type="button" class="quiet" aria-expanded=${isOpen} aria-label="Calls of it" onClick=${() => setOpen(!isOpen)}>${isOpen ? '▾' : '▸'}</button>
      <${StatusBadge} status=${statusOf(/** @type {any} */ (row))} /> <span class="mono">${row.target}</span> <${InvocationLink} id=${row.id} />
      <span class="faint">${begun !== null && ended !== null ? duration(ended - begun) : html`since <${Time} at=${begun} />`}</span></div>
    ${isOpen && html`<${Children} id=${row.id} />`}</li>`;
}

/** @param {{ id: string }} props */
function Children({ id }) {
  const found = useLive((signal) => children(id, signal), [id], { every: 5_000, concerns: () => false });
  return html`<ul><${Shown} of=${found}>${(/** @type {any[]} */ rows) => (rows.length
    ? rows.map((row) => html`<${Node} key=${row.id} row=${row} />`)
    : html`<li class="faint">It called nobody.</li>`)}<//></ul>`;
}
