// What a bar was given and gave, fetched when somebody opens it.
import { absolute, duration } from '../../core/format.js';
import { html, useEffect, useState } from '../../core/html.js';
import { payload } from '../../model/journal.js';
import { Dialog } from '../dialog.js';
import { Failed, Loading } from '../notice.js';
import { Payload } from '../payload.js';
import { InvocationLink } from '../text.js';

/** @param {{ id: string, row: import('../../model/frames.js').Row, onClose: () => void }} props */
export function BarDialog({ id, row, onClose }) {
  const bar = /** @type {import('../../model/timeline.js').Bar} */ (row.bar);
  const hasCommand = bar.type !== 'Signal';
  return html`<${Dialog} wide title=${bar.label} onClose=${onClose}>
    <div class="dialog-body">
      <p class="soft">${absolute(bar.begin)}${bar.end !== null && bar.end > bar.begin && html` to ${absolute(bar.end)}, ${duration(bar.end - bar.begin)}`}</p>
      ${bar.childId && html`<p>The invocation it made: <${InvocationLink} id=${bar.childId} full /></p>`}
      ${bar.marks.map((mark) => html`<div class="notice tone-bad pre" key=${mark.at}>${absolute(mark.at)}: ${mark.text}</div>`)}
      ${hasCommand && html`<${Part} id=${id} index=${bar.index} title="Given" />`}
      ${bar.doneIndex !== null ? html`<${Part} id=${id} index=${bar.doneIndex} title="Result" />`
        : bar.outcome === 'open' && html`<p class="faint">There is no result yet.</p>`}
    </div>
  <//>`;
}

/** @param {{ id: string, index: number, title: string }} props */
function Part({ id, index, title }) {
  const [state, set] = useState(/** @type {any} */ ({}));
  useEffect(() => {
    payload(id, index).then((found) => set({ found }), (error) => set({ error }));
  }, [id, index]);
  if (state.error) {
    return html`<${Failed} error=${state.error} />`;
  } else if (!state.found) {
    return html`<${Loading} />`;
  }
  const { raw, failure } = state.found;
  return failure !== null ? html`<div class="notice tone-bad pre"><strong>${title}:</strong> ${failure}</div>`
    : raw ? html`<${Payload} title=${title} raw=${raw} />` : html`<p class="faint">${title}: nothing (entry ${index}).</p>`;
}
