// What an invocation waits for now: the leaves of its await that are missing, and what each of them waits for.
import { literal, query } from '../../core/api.js';
import { absolute, millis } from '../../core/format.js';
import { html } from '../../core/html.js';
import { useLive } from '../../core/live.js';
import { awaitsOf, leavesOf } from '../../model/awaits.js';
import { statusOf } from '../../model/status.js';
import { barsOf, signalText } from '../../model/timeline.js';
import { StatusBadge } from '../status.js';
import { InvocationLink, Time } from '../text.js';

const SHOWN_MAX = 12;
const WORDS = { race: 'the first of', any: 'one that succeeds of', all: 'all of', allSettled: 'the end of all of', select: 'one of', leaf: '', atLeast: 'enough of', first: 'the first of', branch: 'all of' };

/** @param {{ data: import('../../model/journal.js').Whole, id: string }} props */
export function Waiting({ data, id }) {
  const { row } = data;
  const tree = row?.status === 'completed' ? null : row?.last_awaiting_on_future_json ?? row?.suspended_waiting_future_json;
  const current = tree ? awaitsOf([], tree, 0)[0]?.tree : null;
  const { byKey } = barsOf(data);
  const leaves = current ? leavesOf(current) : [];
  const open = leaves.filter((key) => byKey.get(key)?.doneIndex == null);
  const callees = open.flatMap((key) => byKey.get(key)?.childId ?? []).slice(0, SHOWN_MAX);
  const found = useLive((signal) => calleesOf(callees, signal), [callees.join()], { every: callees.length ? 3_000 : 0 });
  if (!current || open.length === 0) {
    return null;
  }
  return html`<div class="notice tone-wait waiting"><strong>It waits for ${WORDS[current.kind]}${leaves.length > 1 ? ' ' + leaves.length : ' this'}${leaves.length > open.length ? `, of which ${open.length} are missing` : ''}:</strong>
    <ul>${open.slice(0, SHOWN_MAX).map((key) => html`<li key=${key}><${Leaf} id=${id} name=${key} bar=${byKey.get(key)} callees=${found.data ?? {}} /></li>`)}
      ${open.length > SHOWN_MAX && html`<li class="faint">and ${open.length - SHOWN_MAX} more, in the timeline below</li>`}</ul></div>`;
}

/** @param {{ name: string, bar?: import('../../model/timeline.js').Bar, callees: Record<string, any> }} props */
function Leaf({ name, bar, callees }) {
  const label = html`<code>${bar?.label ?? signalText(name)}</code>`;
  if (!bar || bar.type === 'Signal') {
    return html`${label}, which somebody has to complete`;
  } else if (bar.due) {
    return html`${label}, due <${Time} at=${bar.due} /> <span class="faint">(${absolute(bar.due)})</span>`;
  } else if (bar.childId) {
    const callee = callees[bar.childId];
    return html`${label} ${callee ? html`<${StatusBadge} status=${statusOf(callee)} />` : ''} <${InvocationLink} id=${bar.childId} />
      ${callee?.status === 'pending' && html`, behind ${callee.before ?? 0} others in its queue${callee.holder && html`; <${InvocationLink} id=${callee.holder} /> holds the lock`}`}
      ${callee?.status === 'backing-off' && html`, tried again <${Time} at=${millis(callee.next_retry_at)} />`}`;
  } else if (bar.type === 'Run') {
    return html`${label}, which runs since <${Time} at=${bar.begin} />`;
  }
  return html`${label} since <${Time} at=${bar.begin} />`;
}

/**
 * What became of those that were called, and who is before them.
 * @param {string[]} ids
 * @param {AbortSignal} signal
 * @returns {Promise<Record<string, any>>}
 */
async function calleesOf(ids, signal) {
  if (ids.length === 0) {
    return {};
  }
  const rows = await query(
    `SELECT id, status, target_service_name, target_service_key, completion_result, completion_failure, next_retry_at
     FROM sys_invocation WHERE id IN (${ids.map(literal).join(', ')})`, { signal });
  for (const row of rows.filter((one) => one.status === 'pending').slice(0, 3)) {
    const object = `service_name = ${literal(row.target_service_name)} AND service_key = ${literal(row.target_service_key)}`;
    const [holder, queue] = await Promise.all([
      query(`SELECT invocation_id FROM sys_keyed_service_status WHERE ${object}`, { signal }),
      query(`SELECT id, sequence_number FROM sys_inbox WHERE ${object} ORDER BY sequence_number LIMIT 1000`, { signal })]);
    row.holder = holder[0]?.invocation_id;
    row.before = Math.max(0, queue.findIndex((one) => one.id === row.id));
  }
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}
