// A text of SQL that is completed while one writes it.
import { html, useRef, useState } from '../core/html.js';
import { completions } from '../model/sql.js';

/**
 * @param {object} props
 * @param {string} props.sql
 * @param {(sql: string) => void} props.onChange
 * @param {() => void} props.onRun
 * @param {import('../model/sql.js').TableOf[]} props.tables
 */
export function Editor({ sql, onChange, onRun, tables }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [offered, offer] = useState(/** @type {ReturnType<typeof completions>} */ ({ from: 0, offers: [] }));
  const [chosen, choose] = useState(-1);

  function look() {
    const field = area.current;
    if (field) {
      offer(completions(field.value, field.selectionStart, tables));
      choose(-1);
    }
  }

  function close() {
    offer({ from: 0, offers: [] });
    choose(-1);
  }

  /** @param {number} which */
  function take(which) {
    const field = area.current;
    const found = offered.offers[which];
    if (field && found) {
      field.focus();
      field.setRangeText(found.text, offered.from, field.selectionStart, 'end');
      onChange(field.value);
      close();
    }
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const n = offered.offers.length;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      close();
      onRun();
    } else if (n && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? (chosen + 1) % n : (chosen <= 0 ? n : chosen) - 1);
    } else if (n && (event.key === 'Tab' && !event.shiftKey || event.key === 'Enter' && chosen >= 0)) {
      event.preventDefault();
      take(Math.max(0, chosen));
    } else if (n && event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  }

  return html`<div class="editor">
    <textarea ref=${area} data-search rows="7" spellcheck=${false} autocomplete="off" aria-label="SQL" role="combobox" aria-autocomplete="list"
      aria-expanded=${offered.offers.length > 0} aria-controls="offers" aria-activedescendant=${chosen >= 0 ? 'offer-' + chosen : undefined}
      value=${sql} onKeyDown=${key} onBlur=${() => setTimeout(close, 150)} onClick=${close}
      onInput=${(/** @type {any} */ e) => {
        onChange(e.target.value);
        look();
      }}></textarea>
    <ul id="offers" class="offers" role="listbox" aria-label="Completions" hidden=${offered.offers.length === 0}>
      ${offered.offers.map(({ text, kind, about }, i) => html`<li key=${text} id=${'offer-' + i} role="option" aria-selected=${i === chosen} class=${kind}
        onMouseDown=${(/** @type {MouseEvent} */ e) => {
          e.preventDefault();
          take(i);
        }}><code>${text}</code> <span class="faint">${about}</span></li>`)}
    </ul></div>`;
}
