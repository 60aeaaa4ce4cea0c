// What went wrong, attempt by attempt, and where each is explained.
import { absolute } from '../core/format.js';
import { html } from '../core/html.js';
import { ErrorCode } from './errors.js';
import { Empty } from './notice.js';
import { Copy, Time } from './text.js';

/** @param {{ data: import('../model/journal.js').Whole }} props */
export function Failures({ data }) {
  const { row, events } = data;
  const failures = events.filter((event) => event.type === 'TransientError').reverse();
  const last = row?.last_failure && failures.length === 0 ? row.last_failure : null;
  if (failures.length === 0 && !last) {
    return html`<${Empty} title="No attempt failed" />`;
  }
  return html`${last && html`<article class="card"><pre class="stack">${last}</pre></article>`}
    ${failures.map((event, i) => html`<${Failure} key=${event.at + ' ' + i} event=${event} isLast=${i === 0} count=${row?.retry_count} />`)}`;
}

/** @param {{ event: import('../model/journal.js').JournalEvent, isLast: boolean, count: any }} props */
function Failure({ event, isLast, count }) {
  const { content } = event;
  const related = content.related_command_name || content.related_command_type;
  return html`<article class="card">
    <h2><span class="badge tone-bad">${content.error_code}</span> <span class="pre">${content.error_message}</span></h2>
    <p class="soft">${isLast && count ? `The last of ${count} in a row. ` : ''}<${Time} at=${event.at} /> (${absolute(event.at)})
      ${related && html`, at entry ${content.related_command_index} <code>${content.related_command_type} ${content.related_command_name}</code>`}
      ${content.restate_doc_error_code && html`, <${ErrorCode} code=${content.restate_doc_error_code} />`}</p>
    ${content.error_code === 570 && html`<${Mismatch} message=${content.error_message} />`}
    ${content.error_stacktrace && html`<details open=${isLast}><summary>Stack trace</summary><${Copy} text=${content.error_stacktrace} label="Copy the stack trace" />
      <pre class="stack" tabindex="0">${content.error_stacktrace}</pre></details>`}
  </article>`;
}

/**
 * The report of an SDK whose handler asked for something else than what is recorded, side by side where it says both.
 * @param {{ message: string }} props
 */
function Mismatch({ message }) {
  const found = /(?:recorded|journal(?:ed)?|expected)[^:\n]*:\s*([\s\S]*?)\n[^:\n]*(?:attempted|handler|found|actual)[^:\n]*:\s*([\s\S]*)/i.exec(message);
  return html`<p>The handler does not do what its journal says it did: it was changed while this was under way, or something in it
      depends on chance or time.</p>
    ${found && html`<div class="columns"><div><h3>Recorded</h3><pre class="stack">${found[1]}</pre></div>
      <div><h3>Attempted</h3><pre class="stack">${found[2]}</pre></div></div>`}`;
}
