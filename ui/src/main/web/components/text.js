// Small things that stand in a line: times, ids, a button that copies.
import { href } from '../core/router.js';
import { absolute, duration, relative, shortId } from '../core/format.js';
import { html, useEffect, useState } from '../core/html.js';

/** How long ago; the time itself when one points at it. @param {{ at: number | null, absent?: string }} props */
export function Time({ at, absent = '–' }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (at === null || document.hidden) {
      return undefined;
    }
    const age = Math.abs(Date.now() - at);
    const timer = setTimeout(() => tick((n) => n + 1), age < 60_000 ? 1_000 : age < 3_600_000 ? 15_000 : 60_000);
    return () => clearTimeout(timer);
  });
  return at === null
    ? html`<span class="faint">${absent}</span>`
    : html`<time datetime=${new Date(at).toISOString()} title=${absolute(at)}>${relative(at)}</time>`;
}

/** @param {{ millis: number | null }} props */
export function Duration({ millis }) {
  return millis === null ? html`<span class="faint">–</span>` : html`<span class="number">${duration(millis)}</span>`;
}

/** An invocation's id, which leads to it. @param {{ id: string, full?: boolean }} props */
export function InvocationLink({ id, full = false }) {
  return html`<a class="id" href=${href(['invocations', id])} title=${id}>${full ? id : shortId(id)}</a>`;
}

/** @param {{ text: string, label?: string }} props */
export function Copy({ text, label = 'Copy' }) {
  const [done, set] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyOldWay(text); // over plain HTTP from elsewhere, browsers have no clipboard
    }
    set(true);
    setTimeout(() => set(false), 1_500);
  }
  return html`<button type="button" class="quiet copy" onClick=${copy} title=${label} aria-label=${label}
    >${done ? 'copied' : 'copy'}</button>`;
}

/** @param {string} text */
function copyOldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
