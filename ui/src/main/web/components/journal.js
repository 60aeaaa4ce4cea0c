// The journal, entry by entry; a payload is fetched when somebody opens its entry.
import { absolute, bytes, clock } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { payload, sentence } from '../model/journal.js';
import { Failed, Loading } from './notice.js';
import { Payload } from './payload.js';
import { Table } from './table.js';
import { Dialog } from './dialog.js';

/** @typedef {import('../model/journal.js').Entry} Entry */

/** @param {{ data: import('../model/journal.js').Whole, id: string }} props */
export function Journal({ data, id }) {
  const [open, setOpen] = useState(/** @type {Entry | null} */ (null));
  const first = data.entries[0]?.at ?? 0;
  /** @type {import('./table.js').Column[]} */
  const columns = [
    { key: 'index', label: '#', width: '56px', right: true, cell: (e) => html`<span class="number faint">${e.index}</span>` },
    { key: 'what', label: 'Entry', cell: (e) => html`<span class="mono">${e.isCommand ? sentence(e) : html`<span class="soft">↳ ${resultText(e)}</span>`}</span>` },
    { key: 'at', label: 'At', width: '130px', cell: (e) => html`<time title=${absolute(e.at)}>${clock(e.at)}</time>` },
    { key: 'after', label: 'Since the start', width: '120px', right: true, cell: (e) => html`<span class="number">${Math.round(e.at - first)} ms</span>` },
    { key: 'size', label: 'Size', width: '90px', right: true, cell: (e) => bytes(e.length) },
  ];
  return html`<div class="part"><${Table} label="Journal" rows=${data.entries} columns=${columns} id=${(/** @type {Entry} */ e) => 'entry ' + e.index}
      onOpen=${setOpen} /></div>
    ${open && html`<${EntryDialog} id=${id} entry=${open} onClose=${() => setOpen(null)} />`}`;
}

/** @param {Entry} entry */
function resultText({ type, content }) {
  const number = content.id?.CompletionId ?? content.id?.SignalIndex ?? content.id?.SignalName;
  return `${type} ${number === undefined ? '' : number} ${content.result ?? ''}`;
}

/** @param {{ id: string, entry: Entry, onClose: () => void }} props */
export function EntryDialog({ id, entry, onClose }) {
  const [state, set] = useState(/** @type {any} */ (null));
  if (state === null) {
    set({});
    payload(id, entry.index).then((found) => set({ found }), (error) => set({ error }));
  }
  return html`<${Dialog} wide title=${`Entry ${entry.index}: ${entry.isCommand ? sentence(entry) : entry.type}`} onClose=${onClose}>
    <div class="dialog-body">
      <p class="soft">${absolute(entry.at)}, ${bytes(entry.length)}</p>
      ${state?.error ? html`<${Failed} error=${state.error} />` : !state?.found ? html`<${Loading} />`
        : state.found.failure !== null ? html`<div class="notice tone-bad pre">${state.found.failure}</div>`
        : state.found.raw ? html`<${Payload} title="Payload" raw=${state.found.raw} />` : html`<p class="faint">It has no payload.</p>`}
      <details><summary>As it is stored, without payload</summary><pre class="stack">${JSON.stringify(entry.content, null, 2)}</pre></details>
    </div>
  <//>`;
}
