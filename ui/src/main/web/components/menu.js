// A button that opens a list or a small form beside it.
import { html, useEffect, useRef } from '../core/html.js';

/** @param {{ label: any, title?: string, children?: any, align?: 'left' | 'right', name?: string }} props */
export function Menu({ label, title, children, align = 'left', name }) {
  const details = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  useEffect(() => {
    const close = (/** @type {Event} */ event) => {
      if (details.current && !(event.target instanceof Node && details.current.contains(event.target))) {
        details.current.open = false;
      }
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === 'Escape' && details.current?.open) {
      event.stopPropagation();
      details.current.open = false;
      details.current.querySelector('summary')?.focus();
    }
  }
  /** @param {MouseEvent} event */
  function chosen(event) {
    if (details.current && event.target instanceof Element && event.target.closest('[data-closes]')) {
      details.current.open = false;
    }
  }
  return html`<details class="menu" ref=${details} onKeyDown=${escape} data-menu=${name}>
    <summary class="button" title=${title}>${label}</summary>
    <div class="menu-body ${align}" onClick=${chosen}>${children}</div>
  </details>`;
}
