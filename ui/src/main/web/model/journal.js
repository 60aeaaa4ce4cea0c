// One invocation with its journal, as the server's tables give it.
import { literal, query } from '../core/api.js';
import { millis } from '../core/format.js';
import { entry } from './entries.js';

export { sentence, targetText } from './entries.js';

/** @typedef {import('./entries.js').Entry} Entry */
/** @typedef {import('./entries.js').JournalEvent} JournalEvent */
/** @typedef {Record<string, any>} InvocationRow */

/** @typedef {{ row: InvocationRow | null, entries: Entry[], events: JournalEvent[] }} Whole */

/** More than this is not drawn. */
export const ENTRIES_MAX = 20_000;
const EVENTS_MAX = 2_000;

/** @param {string} id @param {AbortSignal} signal @returns {Promise<InvocationRow | null>} */
export async function invocation(id, signal) {
  return (await query(`SELECT * FROM sys_invocation WHERE id = ${literal(id)}`, { signal }))[0] ?? null;
}

/** @param {string} id @param {AbortSignal} signal @returns {Promise<Entry[]>} */
export async function entriesOf(id, signal) {
  const rows = await query(
    `SELECT "index", entry_type, name, appended_at, raw_length, entry_lite_json FROM sys_journal
     WHERE id = ${literal(id)} ORDER BY "index" LIMIT ${ENTRIES_MAX}`, { signal });
  return rows.map(entry);
}

/** @param {string} id @param {AbortSignal} signal @returns {Promise<JournalEvent[]>} */
export async function eventsOf(id, signal) {
  const rows = await query(
    `SELECT after_journal_entry_index, appended_at, event_type, event_json FROM sys_journal_events
     WHERE id = ${literal(id)} ORDER BY appended_at LIMIT ${EVENTS_MAX}`, { signal });
  return rows.map((row) => ({
    after: row.after_journal_entry_index,
    at: millis(row.appended_at) ?? 0,
    type: row.event_type,
    content: JSON.parse(row.event_json ?? '{}'),
  }));
}

/** Everything at once. @param {string} id @param {AbortSignal} signal @returns {Promise<Whole>} */
export async function whole(id, signal) {
  const [row, entries, events] = await Promise.all([invocation(id, signal), entriesOf(id, signal), eventsOf(id, signal)]);
  return { row, entries, events };
}

/**
 * The payload of an entry, which is not fetched with the others.
 * @param {string} id
 * @param {number} index
 * @returns {Promise<{ raw: Uint8Array | null, failure: string | null }>} neither for an entry without one
 */
export async function payload(id, index) {
  const rows = await query(`SELECT entry_json FROM sys_journal WHERE id = ${literal(id)} AND "index" = ${index}`);
  const found = search(JSON.parse(rows[0]?.entry_json ?? 'null'));
  return { raw: found?.raw ?? null, failure: found?.failure ?? null };
}

/** @param {any} node @returns {{ raw?: Uint8Array, failure?: string } | null} the first payload in a tree */
function search(node) {
  if (node === null || typeof node !== 'object') {
    return null;
  }
  for (const [name, value] of Object.entries(node)) {
    if (/^(payload|value|parameter|Success)$/.test(name) && isBytes(value)) {
      return { raw: Uint8Array.from(value) };
    } else if (name === 'Failure' && value !== null) {
      return { failure: typeof value === 'object' ? `[${value.code ?? ''}] ${value.message ?? ''}` : String(value) };
    }
    const below = search(value);
    if (below) {
      return below;
    }
  }
  return null;
}

/** @param {any} value */
function isBytes(value) {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

/**
 * Who was called, and by whom.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function children(id, signal) {
  return query(
    `SELECT id, target, status, completion_result, completion_failure, created_at, completed_at FROM sys_invocation
     WHERE invoked_by_id = ${literal(id)} ORDER BY created_at LIMIT 200`, { signal });
}
