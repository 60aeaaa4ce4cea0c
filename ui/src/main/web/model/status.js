// The one model of what becomes of an invocation. Every place that shows a status takes its name, sign and colour from here.

/**
 * @typedef {object} Status
 * @property {string} name
 * @property {string} sign told apart without colours
 * @property {'wait' | 'run' | 'warn' | 'good' | 'bad' | 'off'} tone
 * @property {boolean} ended
 * @property {string} what
 */

/** @type {Record<string, Status>} */
export const STATUSES = {
  scheduled: status('scheduled', '◷', 'wait', false, 'waits for its time'),
  pending: status('pending', '≡', 'wait', false, 'waits in the queue of its object'),
  ready: status('ready', '○', 'wait', false, 'waits for a place to run'),
  running: status('running', '▶', 'run', false, 'an attempt runs'),
  suspended: status('suspended', '◌', 'wait', false, 'waits for a result, and takes no place meanwhile'),
  'backing-off': status('backing-off', '↻', 'warn', false, 'failed, and is tried again in a while'),
  paused: status('paused', '❚❚', 'warn', false, 'stopped until somebody resumes it'),
  succeeded: status('succeeded', '✓', 'good', true, 'ended with a result'),
  failed: status('failed', '✕', 'bad', true, 'ended with a failure'),
  cancelled: status('cancelled', '⊘', 'off', true, 'ended because somebody cancelled it'),
  killed: status('killed', '■', 'off', true, 'ended without being asked'),
};

/**
 * @param {string} name
 * @param {string} sign
 * @param {Status['tone']} tone
 * @param {boolean} ended
 * @param {string} what
 * @returns {Status}
 */
function status(name, sign, tone, ended, what) {
  return { name, sign, tone, ended, what };
}

/**
 * @param {{ status: string, completion_result?: string | null, completion_failure?: string | null }} row of sys_invocation
 * @returns {Status}
 */
export function statusOf(row) {
  if (row.status !== 'completed') {
    return STATUSES[row.status] ?? status(row.status, '?', 'wait', false, '');
  } else if (row.completion_result !== 'failure') {
    return STATUSES.succeeded;
  }
  const failure = row.completion_failure ?? '';
  return /^\[409[^\]]*\] .*\bcancell?ed\b/i.test(failure)
    ? STATUSES.cancelled
    : /^\[409[^\]]*\] .*\bkilled\b/i.test(failure) ? STATUSES.killed : STATUSES.failed;
}
