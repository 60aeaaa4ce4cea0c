// A status, the same everywhere.
import { html } from '../core/html.js';

/** @param {{ status: import('../model/status.js').Status, compact?: boolean }} props */
export function StatusBadge({ status, compact = false }) {
  return html`<span class="badge tone-${status.tone}" title=${status.what}
    ><span class="sign" aria-hidden="true">${status.sign}</span>${compact ? '' : status.name}</span>`;
}
