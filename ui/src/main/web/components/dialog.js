// Dialogs: the browser's own, which keep the keyboard inside and go with Escape.
import { html, useEffect, useRef, useState } from '../core/html.js';

/** @param {{ title: string, onClose: () => void, children?: any, wide?: boolean }} props */
export function Dialog({ title, onClose, children, wide = false }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return html`<dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-label=${title} onClose=${onClose}
      onClick=${(/** @type {MouseEvent} */ e) => e.target === dialog.current && onClose()}>
    <div class="dialog">
      <header><h2>${title}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick=${onClose}>✕</button></header>
      ${children}
    </div>
  </dialog>`;
}

/**
 * Asks before something is done, and shows how it went.
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.act what the button says
 * @param {boolean} [props.danger]
 * @param {(progress: (text: string) => void) => Promise<string | void>} props.onAct
 * @param {() => void} props.onClose
 * @param {any} [props.children]
 */
export function Confirm({ title, act, danger = false, onAct, onClose, children }) {
  const [state, set] = useState(/** @type {{ busy?: boolean, text?: string, failed?: boolean, done?: boolean }} */ ({}));
  async function run() {
    set({ busy: true });
    try {
      const text = await onAct((progress) => set({ busy: true, text: progress }));
      if (text) {
        set({ done: true, text });
      } else {
        onClose();
      }
    } catch (/** @type {any} */ error) {
      set({ failed: true, text: error.message });
    }
  }
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <div class="dialog-body">${children}
      ${state.text && html`<p class=${state.failed ? 'notice tone-bad' : 'notice'} role="status">${state.text}</p>`}
    </div>
    <footer>
      <button type="button" onClick=${onClose}>${state.done ? 'Close' : 'Do nothing'}</button>
      ${!state.done && html`<button type="button" class=${danger ? 'danger' : 'primary'} disabled=${state.busy} onClick=${run}
        >${state.busy ? 'Working …' : act}</button>`}
    </footer>
  <//>`;
}
