// Who waits for whom: a graph of bounded size, and the deadlocks in it.
import { literal, query } from '../core/api.js';
import { absolute, millis } from '../core/format.js';
import { deadlocksOf } from './graph.js';

/** What is drawn at the most. */
export const WAITS_MAX = 1_000;
const AROUND_MAX = 150;
const ROUNDS_MAX = 8;

/**
 * @typedef {object} Node somebody who waits, or something that is waited for
 * @property {string} id
 * @property {boolean} isInvocation
 * @property {string} label
 * @property {string} about who or what ends the wait, where that is no invocation
 * @property {any} row of sys_invocation; null for what is none, or is gone
 */

/**
 * @typedef {object} Edge
 * @property {string} from
 * @property {string} to
 * @property {string} what
 * @property {string | null} object the object in whose queue it waits
 * @property {boolean} required
 * @property {number | null} since
 * @property {number | null} until
 */

/** @typedef {{ nodes: Map<string, Node>, edges: Edge[], deadlocks: Edge[][], more: boolean }} Graph */

/** All waits, up to a bound. @param {AbortSignal} signal @returns {Promise<Graph>} */
export async function everybody(signal) {
  const rows = await query(`SELECT * FROM sys_waits LIMIT ${WAITS_MAX + 1}`, { signal });
  return graphOf(rows.slice(0, WAITS_MAX), rows.length > WAITS_MAX, signal);
}

/** The waits around an invocation, a few steps in either direction. @param {string} id @param {AbortSignal} signal @returns {Promise<Graph>} */
export async function around(id, signal) {
  /** @type {Map<string, any>} */
  const found = new Map();
  const seen = new Set([id]);
  let front = [id];
  for (let round = 0; round < ROUNDS_MAX && front.length > 0 && seen.size < AROUND_MAX; round++) {
    const ids = front.map(literal).join(', ');
    const rows = (await Promise.all(['waiting_id', 'for_id'].map((column) => query(`SELECT * FROM sys_waits WHERE ${column} IN (${ids}) LIMIT ${AROUND_MAX}`, { signal })))).flat();
    rows.forEach((row) => found.set([row.waiting_id, row.what, row.for_id, row.for_target, row.until].join(), row));
    front = [...new Set(rows.flatMap((row) => [row.waiting_id, row.for_id]))].filter((next) => next && !seen.has(next)).slice(0, AROUND_MAX - seen.size);
    front.forEach((next) => seen.add(next));
  }
  return graphOf([...found.values()], front.length > 0, signal, [id]);
}

/** @param {any[]} rows @param {boolean} more @param {AbortSignal} signal @param {string[]} [others] that belong to it though they may not wait @returns {Promise<Graph>} */
async function graphOf(rows, more, signal, others = []) {
  const edges = rows.map(edgeOf);
  const ids = [...new Set([...others, ...rows.flatMap((row) => [row.waiting_id, row.for_id])].filter(Boolean))];
  const known = new Map();
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500).map(literal).join(', ');
    (await query(`SELECT id, target, status, completion_result, completion_failure, created_at FROM sys_invocation WHERE id IN (${some})`, { signal })).forEach((row) => known.set(row.id, row));
  }
  /** @type {Map<string, Node>} */
  const nodes = new Map();
  ids.forEach((id) => nodes.set(id, { id, isInvocation: true, label: known.get(id)?.target ?? 'gone', about: '', row: known.get(id) ?? null }));
  rows.forEach((row, i) => row.for_id || nodes.set(edges[i].to, { id: edges[i].to, isInvocation: false, label: labelOf(row), about: aboutOf(row), row: null }));
  return { nodes, edges, deadlocks: deadlocksOf(edges), more };
}

/** @param {any} row @returns {Edge} */
function edgeOf(row) {
  return {
    from: row.waiting_id,
    to: row.for_id ?? [row.what, row.for_target ?? row.waiting_id, row.name ?? '', row.until ?? ''].join(' '),
    what: row.what,
    object: row.what === 'object' ? row.for_target : null,
    required: row.required === true,
    since: millis(row.since),
    until: millis(row.until),
  };
}

/** @param {any} row */
function labelOf(row) {
  return [row.what, row.name ?? (row.what === 'promise' || row.what === 'object' ? row.for_target : '')].filter(Boolean).join(' ');
}

/** @param {any} row */
function aboutOf(row) {
  const at = millis(row.until);
  return at !== null ? 'to ' + absolute(at) : row.what === 'run' ? 'its own step' : row.what === 'result' ? 'the server' : 'somebody completes it';
}
