// What is known of an invocation, and why it waits if it does.
import { absolute, duration, millis } from '../core/format.js';
import { html } from '../core/html.js';
import { href } from '../core/router.js';
import { statusOf } from '../model/status.js';
import { InvocationLink, Time } from './text.js';

/** @param {{ data: import('../model/journal.js').Whole }} props */
export function Facts({ data }) {
  const row = /** @type {Record<string, any>} */ (data.row);
  const created = millis(row.created_at);
  const completed = millis(row.completed_at);
  /** @type {[string, any][]} */
  const facts = [
    ['Created', html`<${Time} at=${created} />`],
    ['First run', html`<${Time} at=${millis(row.running_at)} />`],
    completed === null ? ['Changed', html`<${Time} at=${millis(row.modified_at)} />`]
      : ['Ended', html`<${Time} at=${completed} /> <span class="faint">after ${duration(completed - (created ?? completed))}</span>`],
    ['Invoked by', row.invoked_by_id
      ? html`<${InvocationLink} id=${row.invoked_by_id} /> <span class="faint">${row.invoked_by_target}</span>` : row.invoked_by],
    ['Journal', `${row.journal_size ?? 0} entries, ${row.journal_commands_size ?? 0} commands`],
    ['Deployment', row.pinned_deployment_id && html`<span class="id">${row.pinned_deployment_id}</span>`],
    ['SDK', row.last_attempt_server],
    ['Idempotency key', row.idempotency_key],
    ['Scope', row.scope],
    ['Restarted from', row.restarted_from && html`<${InvocationLink} id=${row.restarted_from} />`],
    ['Trace', row.trace_id && html`<span class="id">${row.trace_id}</span>`],
  ];
  return html`<section class="card" aria-label="Facts">
    <${Why} row=${row} />
    <dl class="facts">${facts.filter(([, value]) => value).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </section>`;
}

/** @param {{ row: Record<string, any> }} props */
function Why({ row }) {
  const status = statusOf(/** @type {any} */ (row));
  const next = millis(row.next_retry_at);
  const start = millis(row.scheduled_start_at);
  /** @type {any} */
  let text = null;
  if (row.completion_failure) {
    text = html`<strong>It failed.</strong> <span class="pre">${row.completion_failure}</span>`;
  } else if (row.status === 'backing-off') {
    text = html`<strong>Attempt ${row.retry_count} failed${next && html`, the next is ${until(next)}`}.</strong>
      <span class="pre"> ${firstLine(row.last_failure)}</span>`;
  } else if (row.status === 'paused') {
    text = html`<strong>Paused.</strong> It goes on when it is resumed. <span class="pre">${firstLine(row.last_failure)}</span>`;
  } else if (row.status === 'pending') {
    text = html`<strong>It waits for its turn</strong> at <a href=${href(['invocations'], { q: `service:${row.target_service_name} key:${quoted(row.target_service_key)}` })}
      >${row.target_service_name}/${row.target_service_key}</a>, which runs one at a time.`;
  } else if (row.status === 'scheduled' && start) {
    text = html`<strong>It begins ${until(start)}</strong>, at ${absolute(start)}.`;
  }
  return text && html`<div class="notice tone-${status.tone}">${text}</div>`;
}

/** @param {string} text */
function quoted(text) {
  return /\s/.test(text) ? `"${text}"` : text;
}

/** @param {number} at */
function until(at) {
  return html`<${Time} at=${at} />`;
}

/** @param {string | null} text */
function firstLine(text) {
  return (text ?? '').split('\n')[0];
}
