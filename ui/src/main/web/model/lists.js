// Lists of invocations, each made of a bounded number of them: those that go on, and those that ended last.
import { literal, query } from '../core/api.js';
import { conditions, ENDED_ON_PURPOSE, termsOf, where } from './invocations.js';

/** Of so many that go on a list is made at the most; more are looked at only when somebody asks for it. */
export const LOOKED_AT = 50_000;
/** And of so many that ended last. */
export const ENDED_LOOKED_AT = 20_000;
/** Rows that are shown at first. */
export const PAGE = 200;

/** @typedef {import('./invocations.js').Term} Term */

/** Columns that a list can be sorted by, and the expression for it. @type {Record<string, string>} */
export const SORTS = {
  created_at: 'created_at',
  modified_at: 'modified_at',
  completed_at: 'completed_at',
  target: 'target',
  status: 'status',
  journal_size: 'journal_size',
  retry_count: 'retry_count',
};

const COLUMNS = `id, target, target_service_name, target_handler_name, target_service_key, status, completion_result,
 completion_failure, created_at, modified_at, running_at, completed_at, invoked_by, invoked_by_id, pinned_deployment_id,
 idempotency_key, scope, retry_count, next_retry_at, last_failure, scheduled_start_at`;

/** Statuses of what is over. */
const OVER = new Set(['succeeded', 'failed', 'cancelled', 'killed', 'completed']);

/** @param {Term} term */
function isId({ field, value, not }) {
  return !not && (field === 'id' || (field === null && /^inv_[0-9A-Za-z]{20,}$/.test(value)));
}

/**
 * Where the invocations that a filter may name are read: what is found without looking at others, else those that go on and
 * those that ended last.
 * @param {{ text: string, statuses: string[], all?: boolean }} filter `all` looks at every one there is, however many
 * @param {string} columns
 * @returns {string} a query
 */
export function candidates(filter, columns) {
  const those = conditions(filter);
  const terms = termsOf(filter.text);
  const isOne = (/** @type {string} */ field) => terms.some((term) => term.field === field && !term.not && !term.value.includes('*'));
  const whole = `SELECT ${columns} FROM sys_invocation${where(those)}`;
  if (filter.all || terms.some(isId) || isOne('scope')) {
    return whole;
  }
  const live = filter.statuses.filter((status) => !OVER.has(status));
  const parts = [];
  if (filter.statuses.length === 0 || live.length > 0) {
    const services = terms.filter(({ field, value, not }) => field === 'service' && !not && !value.includes('*'));
    const listed = [live.length ? `status IN (${live.map(literal).join(', ')})` : "status <> 'completed'",
      ...services.map(({ value }) => `target_service_name = ${literal(value)}`)];
    parts.push(`SELECT ${columns} FROM (SELECT * FROM sys_invocation${where(listed)} LIMIT ${LOOKED_AT})${where(those)}`);
  }
  if (live.length < filter.statuses.length || filter.statuses.length === 0) {
    parts.push(`SELECT ${columns} FROM (SELECT * FROM sys_invocation_ended LIMIT ${ENDED_LOOKED_AT})${where(those)}`);
  }
  if (isOne('key')) {
    parts.push(`${whole} AND scope IS NULL`);
  }
  // What is found in two ways is one.
  return parts.join(isOne('key') ? ' UNION ' : ' UNION ALL ');
}

/**
 * A part of a list. The ids are found first, and then what is shown of them.
 * @param {{ text: string, statuses: string[], all?: boolean }} filter
 * @param {{ key: string, down: boolean }} sort
 * @param {number} size
 * @param {AbortSignal} signal
 */
export async function list(filter, sort, size, signal) {
  const by = SORTS[sort.key] ?? 'created_at';
  const found = await query(
    `SELECT id FROM (${candidates(filter, `id, ${by} AS place`)}) ORDER BY place ${sort.down ? 'DESC' : 'ASC'} NULLS LAST, id LIMIT ${size + 1}`, { signal });
  const hasMore = found.length > size;
  const ids = found.slice(0, size).map((row) => row.id);
  /** @type {Map<string, any>} */
  const rows = new Map();
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500).map(literal).join(', ');
    (await query(`SELECT ${COLUMNS} FROM sys_invocation WHERE id IN (${some})`, { signal })).forEach((row) => rows.set(row.id, row));
  }
  return { rows: ids.flatMap((id) => rows.get(id) ?? []), hasMore };
}

/**
 * How many there are of each status, of those that go on and those that ended last.
 * @param {AbortSignal} signal
 * @returns {Promise<{ rows: any[], more: boolean }>} `more` if there may be others that were not counted
 */
export async function counts(signal) {
  const [live, ended] = await Promise.all([
    query(`SELECT status, COUNT(*) AS n FROM (SELECT status FROM sys_invocation WHERE status <> 'completed' LIMIT ${LOOKED_AT}) GROUP BY status`, { signal }),
    query(`SELECT status, completion_result, ended, COUNT(*) AS n FROM (SELECT status, completion_result, ${ENDED_ON_PURPOSE} AS ended
      FROM sys_invocation_ended LIMIT ${ENDED_LOOKED_AT}) GROUP BY status, completion_result, ended`, { signal })]);
  const sum = (/** @type {any[]} */ rows) => rows.reduce((all, row) => all + Number(row.n), 0);
  return {
    rows: [...live, ...ended].map((row) => ({ ...row, completion_failure: row.ended, n: Number(row.n) })),
    more: sum(live) >= LOOKED_AT || sum(ended) >= ENDED_LOOKED_AT,
  };
}
