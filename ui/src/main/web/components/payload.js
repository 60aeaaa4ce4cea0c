// Bytes that somebody sent: as JSON if they are, as text if they can be, else as bytes. Always as text, never as markup.
import { bytes } from '../core/format.js';
import { html, useMemo, useState } from '../core/html.js';
import { Copy } from './text.js';

const LONG = 20_000;

/**
 * @typedef {object} Content
 * @property {Uint8Array} raw
 * @property {string | null} text null for bytes that are no text
 * @property {string | null} json set out over lines; null for what is no JSON
 */

/** @param {Uint8Array} raw @returns {Content} */
export function contentOf(raw) {
  let text = null;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return { raw, text, json: null };
  }
  try {
    return { raw, text, json: JSON.stringify(JSON.parse(text), null, 2) };
  } catch {
    return { raw, text, json: null };
  }
}

/** Bytes as `POST /query` gives them. @param {string} hex */
export function bytesOfHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} raw */
function dump(raw) {
  const lines = [];
  for (let at = 0; at < Math.min(raw.length, 16_384); at += 16) {
    const part = [...raw.subarray(at, at + 16)];
    const hex = part.map((b) => b.toString(16).padStart(2, '0')).join(' ');
    const ascii = part.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '·')).join('');
    lines.push(at.toString(16).padStart(6, '0') + '  ' + hex.padEnd(47) + '  ' + ascii);
  }
  return lines.join('\n');
}

/** @param {{ raw: Uint8Array, title?: string }} props */
export function Payload({ raw, title }) {
  const content = useMemo(() => contentOf(raw), [raw]);
  const ways = [...(content.json !== null ? ['JSON'] : []), ...(content.text !== null ? ['text'] : []), 'bytes'];
  const [chosen, choose] = useState('');
  const [whole, setWhole] = useState(false);
  const way = ways.includes(chosen) ? chosen : ways[0];
  const text = way === 'JSON' ? content.json ?? '' : way === 'text' ? content.text ?? '' : dump(raw);
  const shown = whole || text.length <= LONG ? text : text.slice(0, LONG);
  return html`<figure class="payload">
    <figcaption>
      ${title && html`<strong>${title}</strong>`} <span class="faint">${bytes(raw.length)}</span>
      <span class="ways" role="group" aria-label="Show as">${ways.map((name) => html`<button key=${name} type="button"
        class="quiet" aria-pressed=${name === way} onClick=${() => choose(name)}>${name}</button>`)}</span>
      <${Copy} text=${way === 'bytes' ? dump(raw) : text} label="Copy the payload" />
    </figcaption>
    ${raw.length === 0 ? html`<p class="faint">empty</p>` : html`<pre tabindex="0">${shown}</pre>`}
    ${shown.length < text.length && html`<button type="button" onClick=${() => setWhole(true)}>Show all of it</button>`}
  </figure>`;
}
