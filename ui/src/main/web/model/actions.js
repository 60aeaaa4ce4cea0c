// What can be done to invocations, by their status.
import { query, send } from '../core/api.js';
import { conditions, where } from './invocations.js';

/**
 * @typedef {object} Action
 * @property {string} op the last part of its path
 * @property {string} name
 * @property {string} what
 * @property {boolean} [danger]
 * @property {string[]} on statuses as `sys_invocation` names them
 */

const LIVE = ['scheduled', 'pending', 'ready', 'running', 'backing-off', 'suspended', 'paused'];

/** @type {Action[]} */
export const ACTIONS = [
  { op: 'cancel', name: 'Cancel', what: 'The handler is told, and may undo what it did.', on: LIVE },
  { op: 'pause', name: 'Pause', what: 'Attempts stop until somebody resumes it.', on: ['running', 'backing-off', 'ready', 'suspended'] },
  { op: 'resume', name: 'Resume', what: 'It goes on where it was paused.', on: ['paused'] },
  { op: 'resume', name: 'Retry now', what: 'The next attempt begins at once.', on: ['backing-off'] },
  { op: 'restart-as-new', name: 'Restart as new', what: 'A new invocation with the same input.', on: ['completed'] },
  { op: 'kill', name: 'Kill', what: 'It ends at once, and its handler does not learn of it.', on: LIVE, danger: true },
  { op: 'purge', name: 'Purge', what: 'Result and journal are forgotten.', on: ['completed'], danger: true },
];

/** @param {string} status */
export function actionsFor(status) {
  return ACTIONS.filter((action) => action.on.includes(status));
}

/** Those of which an operation is made for many at once. */
export const BULK = ACTIONS.filter((action) => action.name !== 'Retry now');

const BATCH = 500;

/**
 * @typedef {{ done: number, failed: { invocation_id: string, error: string }[], created: string[] }} Outcome
 */

/**
 * Does something to invocations, in batches.
 * @param {Action} action
 * @param {string[]} ids
 * @param {(done: number) => void} [progress]
 * @param {{ deployment?: string, from?: number }} [options] `from` for one alone
 * @returns {Promise<Outcome>}
 */
export async function actOn(action, ids, progress = () => {}, { deployment, from } = {}) {
  /** @type {Outcome} */
  const outcome = { done: 0, failed: [], created: [] };
  if (from && ids.length === 1) {
    const query = new URLSearchParams({ from: String(from), ...(deployment && { deployment }) });
    const answer = await send('PATCH', `invocations/${ids[0]}/${action.op}?${query}`);
    return { ...outcome, done: 1, created: [answer.new_invocation_id] };
  }
  for (let at = 0; at < ids.length; at += BATCH) {
    const answer = await send('POST', 'internal/invocations_batch_operations/' + action.op, { invocation_ids: ids.slice(at, at + BATCH), deployment });
    outcome.done += answer.succeeded.length;
    outcome.failed.push(...answer.failed);
    outcome.created.push(...answer.succeeded.flatMap((/** @type {any} */ one) => one.new_invocation_id ?? []));
    progress(outcome.done + outcome.failed.length);
  }
  return outcome;
}

/**
 * The ids of all that a filter names and an action can be done to.
 * @param {{ text: string, statuses: string[] }} filter
 * @param {Action} action
 */
export async function idsOf(filter, action) {
  const able = `status IN (${action.on.map((s) => `'${s}'`).join(', ')})`;
  const rows = await query(`SELECT id FROM sys_invocation${where([...conditions(filter), able])}`);
  return rows.map((row) => row.id);
}

/** @param {Outcome} outcome */
export function told({ done, failed }) {
  const first = failed[0];
  return `${done} done.` + (first ? ` ${failed.length} refused; the first, ${first.invocation_id}: ${first.error}` : '');
}
