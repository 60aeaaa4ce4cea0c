// Changing the state of an object: keys and values, as text, JSON or bytes.
import { html, useState } from '../core/html.js';
import { isSame, replaceState, whole } from '../model/objects.js';
import { Dialog } from './dialog.js';
import { contentOf } from './payload.js';

/** @typedef {import('../model/objects.js').StateEntry} StateEntry */
/** @typedef {{ key: string, way: 'JSON' | 'text' | 'base64', text: string }} Row */

const PATIENCE = 3_000; // what is made in its turn may take longer than somebody looks
const LOOK_EVERY = 200;

/** @param {StateEntry} entry @returns {Row} */
function rowOf({ key, value }) {
  const content = contentOf(value);
  return content.json !== null ? { key, way: 'JSON', text: content.text ?? '' } : content.text !== null ? { key, way: 'text', text: content.text } : { key, way: 'base64', text: btoa(String.fromCharCode(...value)) };
}

/** @param {Row} row @returns {StateEntry} */
function entryOf({ key, way, text }) {
  try {
    if (way === 'JSON') {
      JSON.parse(text);
    }
    return { key, isText: true, value: way === 'base64' ? Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0)) : new TextEncoder().encode(text) };
  } catch (/** @type {any} */ error) {
    throw new Error(`${key}: expected ${way}. ${error.message}`);
  }
}

/** @param {Row[]} rows */
function checked(rows) {
  const names = rows.map((row) => row.key);
  if (names.some((name) => name === '') || new Set(names).size < names.length) {
    throw new Error('Expected each key once, and none that is empty.');
  }
  return rows.map(entryOf);
}

/** @param {{ service: string, name: string, scope: string | null, state: StateEntry[], onClose: () => void, onDone: () => void }} props */
export function StateEditor({ service, name, scope, state, onClose, onDone }) {
  const [seen] = useState(state);
  const [rows, setRows] = useState(state.map(rowOf));
  const [told, tell] = useState(/** @type {{ text: string, failed?: boolean, busy?: boolean } | null} */ (null));
  /** @param {number} which @param {Partial<Row>} change */
  const change = (which, change) => setRows(rows.map((row, i) => (i === which ? { ...row, ...change } : row)));

  /** @param {Event} event */
  async function save(event) {
    event.preventDefault();
    try {
      const wanted = checked(rows);
      tell({ text: 'Asked for; it is made in its turn …', busy: true });
      await replaceState(service, name, scope, seen, wanted);
      for (let waited = 0; waited < PATIENCE; waited += LOOK_EVERY) {
        const now = await whole(service, name, scope, new AbortController().signal);
        onDone();
        if (isSame(now.state, wanted)) {
          onClose();
          return;
        } else if (!isSame(now.state, seen)) {
          tell({ text: 'Not changed: the state has been changed by somebody else since you saw it. Close this and look again.', failed: true });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      }
      tell({ text: 'Asked for, and not made yet: the object is busy, and it is made in its turn, if the state is still the one you saw by then.' });
    } catch (/** @type {any} */ error) {
      tell({ text: error.message, failed: true });
    }
  }
  return html`<${Dialog} title=${`State of ${service}/${name}`} onClose=${onClose} wide><form onSubmit=${save}><div class="dialog-body">
      ${rows.map((row, i) => html`<fieldset class="schema" key=${i}><legend>Key ${i + 1}</legend><div class="bar">
          <input class="grow mono" aria-label=${`key ${i + 1}`} value=${row.key} onInput=${(/** @type {any} */ e) => change(i, { key: e.target.value })} />
          <select aria-label=${`value ${i + 1} is`} value=${row.way} onChange=${(/** @type {any} */ e) => change(i, { way: e.target.value })}>${['JSON', 'text', 'base64'].map((way) => html`<option key=${way}>${way}</option>`)}</select>
          <button type="button" class="quiet" aria-label=${`Remove key ${i + 1}`} onClick=${() => setRows(rows.filter((_, n) => n !== i))}>✕</button></div>
        <textarea rows="2" spellcheck=${false} aria-label=${`value ${i + 1}`} value=${row.text} onInput=${(/** @type {any} */ e) => change(i, { text: e.target.value })}></textarea></fieldset>`)}
      ${rows.length === 0 && html`<p>It keeps nothing.</p>`}
      <button type="button" onClick=${() => setRows([...rows, { key: '', way: 'JSON', text: '' }])}>Add a key</button>
      <p class="faint">${globalThis.crypto?.subtle ? 'It is changed only if the state is still the one you see here.' : 'This browser cannot name the state that you see, since this page is not served over HTTPS: a change of somebody else in between is overwritten.'}</p>
      ${told && html`<p class=${told.failed ? 'notice tone-bad' : 'notice'} role="status">${told.text}</p>`}</div>
    <footer><button type="button" onClick=${onClose}>Close</button><button type="submit" class="primary" disabled=${told?.busy}>Change</button></footer></form><//>`;
}
