// What an error code means: its part of the documentation, which comes along with the page.
import { html, useEffect, useState } from '../core/html.js';
import { Dialog } from './dialog.js';
import { Failed, Loading } from './notice.js';

/** @type {Promise<string> | null} */
let known = null;

function pages() {
  known ??= fetch(new URL('../help/errors.md', import.meta.url)).then((response) => response.text());
  return known;
}

/** A code that leads to its explanation. @param {{ code: string }} props */
export function ErrorCode({ code }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link mono" title="What it means" onClick=${() => setOpen(true)}>${code}</button>
    ${open && html`<${Dialog} title=${code} onClose=${() => setOpen(false)}><div class="dialog-body"><${Explained} code=${code} /></div><//>`}`;
}

/** @param {{ code: string }} props */
function Explained({ code }) {
  const [state, set] = useState(/** @type {any} */ ({}));
  useEffect(() => {
    pages().then((text) => set({ text }), (error) => set({ error }));
  }, []);
  if (state.error) {
    return html`<${Failed} error=${state.error} />`;
  } else if (state.text === undefined) {
    return html`<${Loading} />`;
  }
  return html`<p class="pre">${partOf(state.text, code) ?? `There is no explanation of ${code}.`}</p>`;
}

/**
 * The section of a code, or the row of a table that begins with it.
 * @param {string} text
 * @param {string} code
 */
function partOf(text, code) {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => /^#+ /.test(line) && line.includes(code));
  if (head >= 0) {
    const next = lines.findIndex((line, i) => i > head && /^#+ /.test(line));
    return lines.slice(head + 1, next < 0 ? undefined : next).join('\n').trim();
  }
  const row = lines.find((line) => line.startsWith('|') && line.includes(code));
  return row?.split('|').slice(2, -1).map((cell) => cell.trim()).join('\n\n') ?? null;
}
