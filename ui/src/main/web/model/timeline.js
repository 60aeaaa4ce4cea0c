// A journal as bars on an axis: each command from when it was issued to when its result came.
import { duration, millis } from '../core/format.js';
import { keyOf } from './awaits.js';
import { sentence } from './entries.js';

/** @typedef {import('./journal.js').Entry} Entry */
/** @typedef {import('./journal.js').Whole} Whole */

/** @typedef {'open' | 'ok' | 'failed' | 'instant'} Outcome */

/**
 * @typedef {object} Mark
 * @property {number} at
 * @property {string} text
 */

/**
 * @typedef {object} Bar
 * @property {string} key the leaf of an await it is, or its index
 * @property {string} label
 * @property {string} type of its command
 * @property {number} index of its command, or of its result where it has no command
 * @property {number} begin
 * @property {number | null} end
 * @property {number | null} doneIndex of the entry with its result
 * @property {Outcome} outcome
 * @property {string | null} childId the invocation it called
 * @property {number | null} due when a timer ends
 * @property {boolean} critical
 * @property {Mark[]} marks failures on the way
 */

/** Commands that somebody waits for, by the field of their result. */
const SILENT = new Set(['Input', 'Output', 'CallInvocationId']);

/** @param {Whole} whole @returns {{ bars: Bar[], byKey: Map<string, Bar> }} */
export function barsOf({ entries, events }) {
  /** @type {Bar[]} */
  const bars = [];
  /** @type {Map<string, Bar>} */
  const byKey = new Map();
  /** @type {Map<string, Bar>} */
  const byIdOf = new Map();
  /** @param {Partial<Bar> & { index: number, label: string, type: string, begin: number }} given */
  function add(given) {
    /** @type {Bar} */
    const bar = { key: 'i' + given.index, end: null, doneIndex: null, outcome: 'open', childId: null, due: null, critical: false, marks: [], ...given };
    bars.push(bar);
    byKey.set(bar.key, bar);
    return bar;
  }
  for (const entry of entries) {
    const { content, index, at, type } = entry;
    if (entry.isCommand) {
      if (SILENT.has(type)) {
        continue;
      }
      const result = content.result_completion_id ?? content.completion_id;
      const bar = add({
        index,
        type,
        begin: at,
        label: type === 'Sleep' ? timerText(entry) : sentence(entry),
        childId: content.invocation_id ?? null,
        due: type === 'Sleep' ? millisOf(content.wake_up_time) : null,
        ...(result === undefined ? { end: at, outcome: 'instant' } : { key: 'c' + result }),
      });
      if (content.invocation_id_completion_id !== undefined) {
        byIdOf.set('c' + content.invocation_id_completion_id, bar);
      }
    } else {
      const key = keyOf(content.id);
      if (byIdOf.has(key) || key === 's1') {
        continue;
      }
      const bar = byKey.get(key) ?? add({ key, index, type: 'Signal', begin: at, label: signalText(key) });
      bar.end = at;
      bar.doneIndex = index;
      bar.outcome = content.result === 'Failure' ? 'failed' : 'ok';
    }
  }
  for (const { type, at, content } of events) {
    const bar = type === 'TransientError' && bars.find((one) => one.index === content.related_command_index);
    if (bar) {
      bar.marks.push({ at, text: `[${content.error_code}] ${content.error_message}` });
    }
  }
  return { bars, byKey };
}

/** @param {Entry} entry */
function timerText({ name, content, at }) {
  const due = millisOf(content.wake_up_time);
  return `timer(${[name, due === null ? '' : duration(roundSpan(due - at))].filter(Boolean).join(', ')})`;
}

/** What somebody asked to wait for: the clock ticked before it was noted. @param {number} millis */
export function roundSpan(millis) {
  return millis < 1_000 ? Math.max(0, millis) : Math.round(millis / 100) * 100;
}

/** @param {any} value a number, or a text of one or of a time */
function millisOf(value) {
  return typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : millis(value);
}

/** @param {string} key */
export function signalText(key) {
  if (key.startsWith('c')) {
    return `result ${key.slice(1)}`;
  }
  return key.startsWith('n') ? `signal(${key.slice(1)})` : Number(key.slice(1)) >= 17 ? `awakeable ${Number(key.slice(1)) - 16}` : `signal ${key.slice(1)}`;
}

/**
 * @typedef {object} Segment a stretch of an invocation's life
 * @property {'queued' | 'runs' | 'suspended' | 'failed'} kind
 * @property {number} from
 * @property {number | null} to
 * @property {number} attempt counted from 1; 0 before the first
 * @property {number} replayed how many entries its journal had when it began
 * @property {number} added
 * @property {string} text
 */

/**
 * What an invocation did when: attempts, and what lay between them.
 * @param {Whole} whole
 * @returns {Segment[]}
 */
export function segmentsOf({ row, entries, events }) {
  const created = millis(row?.created_at) ?? entries[0]?.at ?? 0;
  const begun = millis(row?.running_at);
  const ended = millis(row?.completed_at);
  /** @type {Segment[]} */
  const segments = [];
  if (begun === null) {
    return [{ kind: 'queued', from: created, to: ended, attempt: 0, replayed: 0, added: 0, text: 'waits to run' }];
  }
  if (begun - created >= 1) {
    segments.push({ kind: 'queued', from: created, to: begun, attempt: 0, replayed: 0, added: 0, text: 'waited to run' });
  }
  let from = begun;
  let attempt = 1;
  let known = 1;
  for (const { type, at, content } of events) {
    if (!['Suspended', 'TransientError', 'Paused'].includes(type) || at < from) {
      continue;
    }
    const inside = entries.filter((entry) => entry.at <= at).length;
    segments.push({ kind: 'runs', from, to: at, attempt, replayed: known, added: Math.max(0, inside - known), text: `attempt ${attempt}` });
    const next = entries.find((entry) => entry.at > at)?.at ?? (ended !== null && ended > at ? ended : null);
    const isSuspended = type === 'Suspended';
    segments.push({
      kind: isSuspended ? 'suspended' : 'failed',
      from: at,
      to: next,
      attempt,
      replayed: inside,
      added: 0,
      text: isSuspended ? 'suspended' : content.error_message ? `[${content.error_code}] ${content.error_message}` : type.toLowerCase(),
    });
    known = inside;
    from = next ?? Infinity;
    attempt++;
  }
  const isWaiting = row?.status === 'suspended' || row?.status === 'paused' || row?.status === 'backing-off';
  if (from !== Infinity && !(isWaiting && from === begun && attempt > 1)) {
    segments.push({ kind: 'runs', from, to: ended, attempt, replayed: known, added: Math.max(0, entries.length - known), text: `attempt ${attempt}` });
  }
  return segments;
}

/**
 * Marks the bars without which it would have been over sooner: from the output back, always the result that came last before
 * the handler went on. A result that had lost already is passed over.
 * @param {Bar[]} bars
 * @param {Entry[]} entries
 * @param {Set<number>} lost the entries that came after their race was decided
 */
export function markCritical(bars, entries, lost) {
  const done = bars.filter((bar) => bar.doneIndex !== null && !lost.has(bar.doneIndex))
    .sort((a, b) => /** @type {number} */ (a.doneIndex) - /** @type {number} */ (b.doneIndex));
  let before = entries.find((entry) => entry.type === 'Output')?.index ?? Infinity;
  for (let i = done.length - 1; i >= 0; i--) {
    const bar = done[i];
    if (/** @type {number} */ (bar.doneIndex) < before) {
      bar.critical = true;
      before = bar.index;
    }
  }
}
