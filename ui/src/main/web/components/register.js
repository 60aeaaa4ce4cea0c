// Registering a deployment: first a look at what it would change, then the change.
import { get } from '../core/api.js';
import { html, useState } from '../core/html.js';
import { changesOf, commandOf, EMPTY, register } from '../model/deployments.js';
import { Dialog } from './dialog.js';
import { Copy } from './text.js';

/** @typedef {import('../model/deployments.js').Draft} Draft */

/** @param {{ onClose: () => void, onDone: () => void, uri?: string }} props */
export function Register({ onClose, onDone, uri = '' }) {
  const [draft, setDraft] = useState({ ...EMPTY, uri });
  const [state, set] = useState(/** @type {{ busy?: boolean, failed?: string, changes?: any[], done?: boolean }} */ ({}));
  /** @param {Partial<Draft>} change */
  const change = (change) => {
    setDraft({ ...draft, ...change });
    set({});
  };
  /** @param {boolean} dryRun */
  async function run(dryRun) {
    set({ busy: true });
    try {
      const before = (await get('services')).services;
      const answer = await register(draft, dryRun);
      set({ changes: changesOf(answer, before), done: !dryRun });
      if (!dryRun) {
        onDone();
      }
    } catch (/** @type {any} */ error) {
      set({ failed: error.message });
    }
  }
  const command = commandOf(draft, new URL('../', document.baseURI).href);
  return html`<${Dialog} title="Register a deployment" onClose=${onClose} wide>
    <form onSubmit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      run(!state.changes);
    }}>
    <div class="dialog-body">
      <label class="field">Where it listens
        <input type="url" required value=${draft.uri} placeholder="http://localhost:9080" onInput=${(/** @type {any} */ e) => change({ uri: e.target.value })} /></label>
      <label class="field">Headers to send along, one a line (they are not shown again)
        <textarea rows="2" placeholder="authorization: Bearer …" value=${draft.headers} onInput=${(/** @type {any} */ e) => change({ headers: e.target.value })}></textarea></label>
      <${Choice} text="Take it though it breaks something: a handler or service is gone" value=${draft.breaking} onChange=${(/** @type {boolean} */ breaking) => change({ breaking })} />
      <${Choice} text="Replace the deployment that is registered at this address" value=${draft.force} onChange=${(/** @type {boolean} */ force) => change({ force })} />
      <${Choice} text="Speak HTTP/1.1" value=${draft.http11} onChange=${(/** @type {boolean} */ http11) => change({ http11 })} />
      ${state.failed && html`<p class="notice tone-bad pre" role="alert">${state.failed}</p>`}
      ${state.changes && html`<${Changes} changes=${state.changes} done=${state.done} />`}
      <pre class="command">${command}</pre>
    </div>
    <footer><${Copy} text=${command} label="Copy the command" /><span class="grow"></span>
      <button type="button" onClick=${onClose}>${state.done ? 'Close' : 'Do nothing'}</button>
      ${!state.done && html`<button type="submit" class="primary" disabled=${state.busy}>${state.busy ? 'Asking it …' : state.changes ? 'Register' : 'Look what changes'}</button>`}</footer>
    </form>
  <//>`;
}

/** @param {{ text: string, value: boolean, onChange: (value: boolean) => void }} props */
function Choice({ text, value, onChange }) {
  return html`<label class="choice"><input type="checkbox" checked=${value} onChange=${() => onChange(!value)} /> ${text}</label>`;
}

/** @param {{ changes: any[], done?: boolean }} props */
function Changes({ changes, done = false }) {
  return html`<div class="notice tone-${done ? 'good' : 'run'}" role="status"><strong>${done ? 'Registered.' : 'This would change:'}</strong>
    <ul>${changes.map((one) => html`<li key=${one.name}><span class="mono">${one.name}</span>${' '}
      ${one.from === null ? 'is new' : one.from === one.to ? `stays at revision ${one.to}` : `goes from revision ${one.from} to ${one.to}`}
      ${one.type && html`, <b>${one.type}</b>`}
      ${one.added.length > 0 && html`; new: <span class="mono">${one.added.join(', ')}</span>`}
      ${one.removed.length > 0 && html`; <b>gone: <span class="mono">${one.removed.join(', ')}</span></b>`}</li>`)}
      ${changes.length === 0 && html`<li>nothing: it has no services</li>`}</ul></div>`;
}
