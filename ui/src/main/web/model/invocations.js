// Which invocations are meant: a text that a person types, and the SQL it stands for.
import { literal, query } from '../core/api.js';

/** Of so many invocations at the most a list is made; more are looked at only when somebody asks for more. */
export const LOOKED_AT = 50_000;
export const PAGE = 200;

/** What can be asked for by name, with an example. @type {Record<string, { column: string, example: string, like?: boolean }>} */
export const FIELDS = {
  id: { column: 'id', example: 'inv_…' },
  service: { column: 'target_service_name', example: 'Greeter' },
  handler: { column: 'target_handler_name', example: 'greet' },
  key: { column: 'target_service_key', example: 'ada' },
  deployment: { column: 'pinned_deployment_id', example: 'dp_…' },
  caller: { column: 'invoked_by_id', example: 'inv_…' },
  by: { column: 'invoked_by', example: 'ingress, service' },
  idempotency: { column: 'idempotency_key', example: 'order-7' },
  scope: { column: 'scope', example: 'tenant-1' },
  error: { column: 'completion_failure', example: 'time-out', like: true },
  older: { column: 'created_at', example: '10m, 2h, 7d' },
  newer: { column: 'created_at', example: '10m, 2h, 7d' },
  ended: { column: 'completed_at', example: '10m, 2h, 7d' },
};

/** @typedef {{ field: string | null, value: string, not: boolean }} Term */

/**
 * `service:Greeter -handler:ping "two words"`.
 * @param {string} text
 * @returns {Term[]}
 */
export function termsOf(text) {
  const terms = [];
  for (const [, minus, name, quoted, bare] of text.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = quoted ?? bare;
    if (name && name in FIELDS) {
      terms.push({ field: name, value, not: minus === '-' });
    } else {
      terms.push({ field: null, value: (name ? name + ':' : '') + value, not: minus === '-' });
    }
  }
  return terms;
}

/** @param {Term[]} terms */
export function textOf(terms) {
  return terms
    .map(({ field, value, not }) => (not ? '-' : '') + (field ? field + ':' : '') + (/\s|^$/.test(value) ? '"' + value + '"' : value))
    .join(' ');
}

/** @param {string} text as `10m` */
function ageMillis(text) {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text);
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return found ? Number(found[1]) * units[/** @type {keyof typeof units} */ (found[2] ?? 'm')] : null;
}

/** @param {string} text */
function pattern(text) {
  return literal('%' + text.replace(/[\\%_]/g, (c) => '\\' + c) + '%');
}

/** @param {Term} term @param {number} now */
function condition({ field, value, not }, now) {
  let sql;
  if (field === 'older' || field === 'newer' || field === 'ended') {
    const age = ageMillis(value);
    const at = literal(new Date(now - (age ?? 0)).toISOString());
    sql = age === null ? 'FALSE' : `${FIELDS[field].column} ${field === 'older' ? '<' : '>'} CAST(${at} AS TIMESTAMP)`;
  } else if (field) {
    const { column, like } = FIELDS[field];
    sql = like || value.includes('*') ? `${column} ILIKE ${pattern(value).replaceAll('*', '%')}` : `${column} = ${literal(value)}`;
  } else if (/^inv_[0-9A-Za-z]{20,}$/.test(value)) {
    sql = `id = ${literal(value)}`;
  } else {
    sql = `(target ILIKE ${pattern(value)} OR id ILIKE ${pattern(value)} OR completion_failure ILIKE ${pattern(value)})`;
  }
  return not ? `(${sql}) IS NOT TRUE` : sql;
}

/* Ends that somebody else decided: an SDK and the server say `cancelled` each in its own way. */
const CANCELLED = "completion_failure LIKE '[409]%cancel%'";
const KILLED = "completion_failure = '[409] killed'";

/** The failures of those that were ended on purpose, and none of the others, of which each may say something else. */
export const ENDED_ON_PURPOSE = `CASE WHEN ${CANCELLED} THEN '[409] cancelled' WHEN ${KILLED} THEN '[409] killed' END`;

/** What a name of the status model is in `sys_invocation`. @type {Record<string, string>} */
const STATUS_SQL = {
  succeeded: "(status = 'completed' AND completion_result = 'success')",
  failed: `(status = 'completed' AND completion_result = 'failure' AND NOT (${CANCELLED}) AND NOT (${KILLED}))`,
  cancelled: `(status = 'completed' AND ${CANCELLED})`,
  killed: `(status = 'completed' AND ${KILLED})`,
};

/**
 * @param {{ text: string, statuses: string[] }} filter
 * @param {number} [now]
 * @returns {string[]} conditions, all of which must hold
 */
export function conditions({ text, statuses }, now = Date.now()) {
  const all = termsOf(text).map((term) => condition(term, now));
  if (statuses.length) {
    const plain = statuses.filter((s) => !(s in STATUS_SQL));
    const parts = statuses.filter((s) => s in STATUS_SQL).map((s) => STATUS_SQL[s]);
    if (plain.length) {
      parts.push(`status IN (${plain.map(literal).join(', ')})`);
    }
    all.push('(' + parts.join(' OR ') + ')');
  }
  return all;
}

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

/** @param {string[]} all */
export function where(all) {
  return all.length ? ' WHERE ' + all.join(' AND ') : '';
}

/**
 * A part of a list. The ids are found first, among a bounded number of invocations, and then what is shown of them.
 * @param {{ text: string, statuses: string[] }} filter
 * @param {{ key: string, down: boolean }} sort
 * @param {number} size
 * @param {AbortSignal} signal
 */
export async function list(filter, sort, size, signal) {
  const by = SORTS[sort.key] ?? 'created_at';
  const found = await query(
    `SELECT id FROM (SELECT * FROM sys_invocation${where(conditions(filter))} LIMIT ${LOOKED_AT})
     ORDER BY ${by} ${sort.down ? 'DESC' : 'ASC'} NULLS LAST, id LIMIT ${size + 1}`, { signal });
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
 * How many there are of each status, of a bounded number.
 * @param {AbortSignal} signal
 */
export async function counts(signal) {
  const rows = await query(
    `SELECT status, completion_result, ended, COUNT(*) AS n FROM (
       SELECT status, completion_result, ${ENDED_ON_PURPOSE} AS ended FROM sys_invocation LIMIT ${LOOKED_AT})
     GROUP BY status, completion_result, ended`, { signal });
  return rows.map((row) => ({ ...row, completion_failure: row.ended, n: Number(row.n) }));
}
