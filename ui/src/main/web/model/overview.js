// What goes on in the whole engine: a few numbers, each of a bounded number of invocations.
import { get, query } from '../core/api.js';
import { ENDED_ON_PURPOSE } from './invocations.js';
import { ENDED_LOOKED_AT, LOOKED_AT } from './lists.js';
import { statusOf } from './status.js';

/** Minutes that are looked back. */
export const MINUTES = 60;
const MINUTE = 60_000;
const DEPLOYMENTS_MAX = 20;

/**
 * @typedef {object} HandlerLoad what a handler does
 * @property {string} service
 * @property {string} handler
 * @property {Record<string, number>} by how many of each status
 * @property {number} ended
 * @property {number | null} mean how long those took that ended, in milliseconds
 * @property {number | null} longest
 */

/**
 * @typedef {object} Trouble a deployment on which attempts fail
 * @property {string | null} deployment
 * @property {string | null} code
 * @property {number} n
 * @property {string} example
 */

/**
 * @typedef {object} Overview
 * @property {Record<string, number>} by how many there are of each status
 * @property {boolean} more whether there are more than were looked at
 * @property {HandlerLoad[]} handlers
 * @property {{ good: number[], bad: number[] }} ended by minute, the oldest first
 * @property {Trouble[]} troubles
 * @property {string[]} complaints what is not well with the engine or its disk
 * @property {number} freeBytes on the disk
 * @property {number} services
 */

const PART = 'target_service_name AS service, target_handler_name AS handler, status';

/** Those that go on are listed by their status, so that those that ended do not hide them. */
const LIVE = `SELECT ${PART}, COUNT(*) AS n FROM (SELECT target_service_name, target_handler_name, status FROM sys_invocation
 WHERE status <> 'completed' LIMIT ${LOOKED_AT}) GROUP BY 1, 2, 3`;

const ENDED = `SELECT service, handler, status, completion_result, ended, at, COUNT(*) AS n, SUM(took) AS took, MAX(took) AS longest
 FROM (SELECT ${PART}, completion_result, ${ENDED_ON_PURPOSE} AS ended, CAST(completed_at AS BIGINT) - CAST(created_at AS BIGINT) AS took,
 CASE WHEN completed_at > now() - INTERVAL '${MINUTES}' MINUTE THEN CAST(completed_at AS BIGINT) / ${MINUTE} END AS at
 FROM sys_invocation_ended LIMIT ${ENDED_LOOKED_AT}) GROUP BY 1, 2, 3, 4, 5, 6`;

/** The invoker knows these without looking at any invocation. */
const FAILING = `SELECT last_attempt_deployment_id AS deployment, last_failure_error_code AS code, COUNT(*) AS n,
 MAX(last_failure) AS example FROM sys_invocation_state WHERE last_failure IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC LIMIT ${DEPLOYMENTS_MAX}`;

/** @param {AbortSignal} signal @returns {Promise<Overview>} */
export async function overview(signal) {
  const [live, ended, failing, services, engine] = await Promise.all([query(LIVE, { signal }), query(ENDED, { signal }),
    query(FAILING, { signal }), query('SELECT COUNT(*) AS n FROM sys_service', { signal }), get('internal/engine', { signal })]);
  const rows = [...live, ...ended];
  const counted = (/** @type {any[]} */ some) => some.reduce((sum, row) => sum + Number(row.n), 0);
  return {
    by: byStatus(rows),
    more: counted(live) >= LOOKED_AT || counted(ended) >= ENDED_LOOKED_AT,
    handlers: handlersOf(rows),
    ended: byMinute(ended, Date.now()),
    troubles: failing.map((row) => ({ deployment: row.deployment ?? null, code: row.code ?? null, n: Number(row.n), example: String(row.example).split('\n')[0] })),
    complaints: [...engine.stopped, ...engine.waiting, ...(engine.refusing ? [engine.refusing] : [])],
    freeBytes: engine.free_bytes,
    services: Number(services[0].n),
  };
}

/** @param {any[]} rows */
function byStatus(rows) {
  /** @type {Record<string, number>} */
  const by = {};
  rows.forEach((row) => {
    const { name } = statusOf({ ...row, completion_failure: row.ended });
    by[name] = (by[name] ?? 0) + Number(row.n);
  });
  return by;
}

/** @param {any[]} rows @returns {HandlerLoad[]} */
function handlersOf(rows) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  rows.forEach((row) => {
    const name = row.service + '/' + row.handler;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  });
  return [...groups.values()].map((group) => {
    const over = group.filter((row) => row.status === 'completed');
    const ended = over.reduce((sum, row) => sum + Number(row.n), 0);
    const took = over.reduce((sum, row) => sum + Number(row.took ?? 0), 0);
    return {
      service: group[0].service,
      handler: group[0].handler,
      by: byStatus(group),
      ended,
      mean: ended ? took / ended : null,
      longest: ended ? Math.max(...over.map((row) => Number(row.longest ?? 0))) : null,
    };
  }).sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1));
}

/** @param {any[]} rows @param {number} now */
function byMinute(rows, now) {
  const last = Math.floor(now / MINUTE);
  const good = new Array(MINUTES).fill(0);
  const bad = new Array(MINUTES).fill(0);
  rows.filter((row) => row.at !== null && row.at !== undefined).forEach((row) => {
    const place = MINUTES - 1 - (last - Number(row.at));
    if (place >= 0 && place < MINUTES) {
      (row.completion_result === 'failure' ? bad : good)[place] += Number(row.n);
    }
  });
  return { good, bad };
}
