// Which invocations are meant: a text that a person types, and the SQL it stands for.
import { literal } from '../core/api.js';

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

/** @param {string[]} all */
export function where(all) {
  return all.length ? ' WHERE ' + all.join(' AND ') : '';
}
