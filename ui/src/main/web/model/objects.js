// Virtual objects and workflows: who holds them, who queues at them, what they keep.
import { get, literal, query, send } from '../core/api.js';
import { where } from './invocations.js';
import { ENDED_LOOKED_AT, LOOKED_AT } from './lists.js';

/** @typedef {{ service: string, key: string, scope: string | null, holder: string | null, waiting: number, entries: number, bytes: number, run: any }} Instance */
/** @typedef {{ key: string, value: Uint8Array, isText: boolean }} StateEntry `isText` is false for a key that is no text */
/** @typedef {{ holder: any, queue: any[], more: boolean, state: StateEntry[], promises: any[], runs: any[], type: string | null }} Whole */

export const SHOWN_MAX = 500;
const QUEUE_MAX = 200;
const STATE_MAX = 1_000;

/**
 * Objects and runs, those with the longest queue first; of a bounded number of rows of each table.
 * @param {{ service: string, key: string }} filter empty for all
 * @param {AbortSignal} signal
 * @returns {Promise<Instance[]>}
 */
export async function instances({ service, key }, signal) {
  const those = where([...(service ? [`service_name = ${literal(service)}`] : []), ...(key ? [`service_key = ${literal(key)}`] : [])]);
  const grouped = (/** @type {string} */ table, /** @type {string} */ columns, /** @type {string} */ what) => query(
    `SELECT service_name, service_key, partition_key, ${what} FROM (SELECT service_name, service_key, partition_key${columns} FROM ${table}${those} LIMIT ${LOOKED_AT})
     GROUP BY 1, 2, 3 ORDER BY n DESC LIMIT ${SHOWN_MAX}`, { signal });
  const [queues, state, held, runs] = await Promise.all([
    grouped('sys_inbox', '', 'COUNT(*) AS n'), grouped('state', ', value_length, scope', 'COUNT(*) AS n, SUM(value_length) AS size, MAX(scope) AS scope'),
    query(`SELECT service_name, service_key, partition_key, invocation_id FROM sys_keyed_service_status${those} LIMIT ${SHOWN_MAX}`, { signal }), runsOf({ service, key }, signal)]);
  const scopes = new Map(await scopesOf(held, signal));
  state.forEach((row) => scopes.set(row.partition_key, row.scope ?? null));
  /** @type {Map<string, Instance>} */
  const all = new Map();
  const of = (/** @type {any} */ row) => {
    const scope = row.scope ?? scopes.get(row.partition_key) ?? null;
    const name = JSON.stringify([row.service_name, row.service_key, scope]);
    const known = all.get(name) ?? { service: row.service_name, key: row.service_key, scope, holder: null, waiting: 0, entries: 0, bytes: 0, run: null };
    all.set(name, known);
    return known;
  };
  queues.forEach((row) => (of(row).waiting = Number(row.n)));
  held.forEach((row) => (of(row).holder = row.invocation_id));
  state.forEach((row) => Object.assign(of(row), { entries: Number(row.n), bytes: Number(row.size) }));
  runs.forEach((row) => (of(row).run = row));
  return [...all.values()].sort((a, b) => b.waiting - a.waiting || Number(b.holder !== null) - Number(a.holder !== null) || (a.service + a.key).localeCompare(b.service + b.key)).slice(0, SHOWN_MAX);
}

/**
 * In which scopes objects are held, by what keeps all of a scope together.
 * @param {any[]} held @param {AbortSignal} signal @returns {Promise<[any, string | null][]>}
 */
async function scopesOf(held, signal) {
  const rows = held.length === 0 ? [] : await query(`SELECT id, scope FROM sys_invocation WHERE id IN (${held.map((row) => literal(row.invocation_id)).join(', ')})`, { signal });
  const known = new Map(rows.map((row) => [row.id, row.scope ?? null]));
  return held.filter((row) => known.has(row.invocation_id)).map((row) => [row.partition_key, known.get(row.invocation_id) ?? null]);
}

/** The runs of workflows. @param {{ service: string, key: string, scope?: string | null }} filter @param {AbortSignal} signal @returns {Promise<any[]>} */
async function runsOf({ service, key, scope = null }, signal) {
  const { services } = await get('services', { signal });
  const handlers = services.filter((/** @type {any} */ one) => one.ty === 'Workflow' && (!service || one.name === service))
    .flatMap((/** @type {any} */ one) => one.handlers.filter((/** @type {any} */ handler) => handler.ty === 'Workflow')
      .map((/** @type {any} */ handler) => `(target_service_name = ${literal(one.name)} AND target_handler_name = ${literal(handler.name)})`));
  if (handlers.length === 0) {
    return [];
  }
  // A key narrows what is read; without one only so many are looked at.
  const from = key ? [`sys_invocation WHERE target_service_key = ${literal(key)} AND ${inScope(scope)}`]
    : [`sys_invocation WHERE status <> 'completed' LIMIT ${LOOKED_AT}`, `sys_invocation_ended LIMIT ${ENDED_LOOKED_AT}`];
  const parts = from.map((some) => `SELECT id, target_service_name AS service_name, target_service_key AS service_key, scope, status, completion_result, completion_failure, created_at
    FROM (SELECT * FROM ${some}) WHERE ${handlers.join(' OR ')}`);
  return query(`SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY created_at DESC LIMIT ${SHOWN_MAX}`, { signal });
}

/** @param {string | null} scope */
function inScope(scope) {
  return scope === null ? 'scope IS NULL' : `scope = ${literal(scope)}`;
}

/** All of one. @param {string} service @param {string} key @param {string | null} scope @param {AbortSignal} signal @returns {Promise<Whole>} */
export async function whole(service, key, scope, signal) {
  const those = `WHERE service_name = ${literal(service)} AND service_key = ${literal(key)}`;
  const [holders, queued, state, promises, described, runs] = await Promise.all([
    query(`SELECT invocation_id, partition_key FROM sys_keyed_service_status ${those}`, { signal }),
    query(`SELECT id, partition_key, sequence_number FROM sys_inbox ${those} ORDER BY sequence_number LIMIT ${QUEUE_MAX + 1}`, { signal }),
    query(`SELECT "key", key_length, "value" FROM state ${those} AND ${inScope(scope)} ORDER BY "key" LIMIT ${STATE_MAX}`, { signal }),
    query(`SELECT "key", completed, completion_success_value, completion_failure FROM sys_promise ${those} AND ${inScope(scope)} ORDER BY "key" LIMIT ${STATE_MAX}`, { signal }),
    get('services/' + encodeURIComponent(service), { signal }).catch(() => null), runsOf({ service, key, scope }, signal)]);
  // Who holds it in which scope tells where those belong that wait.
  const scopes = new Map(await scopesOf(holders, signal));
  const isMine = (/** @type {any} */ row) => (scopes.get(row.partition_key) ?? null) === scope;
  const held = holders.filter(isMine);
  const inbox = queued.filter(isMine);
  const ids = [...held.map((row) => row.invocation_id), ...inbox.map((row) => row.id)].filter(Boolean);
  const rows = ids.length === 0 ? [] : await query(`SELECT id, target, status, completion_result, completion_failure, created_at, inboxed_at, running_at, modified_at, last_failure
    FROM sys_invocation WHERE id IN (${ids.map(literal).join(', ')})`, { signal });
  const known = new Map(rows.map((row) => [row.id, row]));
  return {
    holder: held[0] ? known.get(held[0].invocation_id) ?? { id: held[0].invocation_id } : null,
    queue: inbox.slice(0, QUEUE_MAX).map((row) => ({ ...row, ...known.get(row.id) })),
    more: queued.length > QUEUE_MAX,
    state: state.map((row) => ({ key: row.key, value: bytesOf(row.value), isText: new TextEncoder().encode(row.key).length === Number(row.key_length) })),
    promises: promises.map((row) => ({ ...row, value: row.completion_success_value === undefined ? null : bytesOf(row.completion_success_value) })),
    runs,
    type: described?.ty ?? null,
  };
}

/** @param {string | null | undefined} hex */
function bytesOf(hex) {
  return Uint8Array.from((hex ?? '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * Names a state by its content, as the server does; null where the browser cannot: it has SHA-256 over HTTPS and at this machine alone.
 * @param {StateEntry[]} state
 */
export async function versionOf(state) {
  if (!globalThis.crypto?.subtle) {
    return null;
  }
  const entries = state.map(({ key, value }) => ({ key: new TextEncoder().encode(key), value })).sort((a, b) => compare(a.key, b.key));
  const parts = entries.flatMap(({ key, value }, i) => [...new Uint8Array(new BigUint64Array([BigInt(i)]).buffer).reverse(), 1, ...key, 2, ...value, 3]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(parts)));
  return btoa(String.fromCharCode(...digest)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function compare(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return a.length - b.length;
}

/**
 * Asks for another state in place of the one that was seen.
 * @param {string} service @param {string} key @param {string | null} scope @param {StateEntry[]} seen @param {StateEntry[]} wanted
 */
export async function replaceState(service, key, scope, seen, wanted) {
  const version = await versionOf(seen);
  await send('POST', `services/${encodeURIComponent(service)}/state`, {
    object_key: key, ...(scope === null ? {} : { scope }), ...(version === null ? {} : { version }), new_state: Object.fromEntries(wanted.map((entry) => [entry.key, [...entry.value]])),
  });
}

/** @param {StateEntry[]} a @param {StateEntry[]} b */
export function isSame(a, b) {
  const text = (/** @type {StateEntry[]} */ state) => JSON.stringify(state.map(({ key, value }) => [key, [...value]]).sort());
  return text(a) === text(b);
}
