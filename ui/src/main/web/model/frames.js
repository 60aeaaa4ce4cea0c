// Combinators as frames around the bars they combine, with a winner and what became of the losers; and all of it as rows.
import { duration, millis } from '../core/format.js';
import { awaitsOf, inScopes, leavesOf } from './awaits.js';
import { settled } from './settling.js';
import { barsOf, markCritical, roundSpan, segmentsOf, signalText } from './timeline.js';

/** @typedef {import('./awaits.js').Node} Node */
/** @typedef {import('./timeline.js').Bar} Bar */
/** @typedef {import('./journal.js').Whole} Whole */

/** @typedef {'winner' | 'cancelled' | 'later' | 'running' | 'timer' | 'left' | 'part'} Fate */

/**
 * @typedef {object} Frame
 * @property {string} title
 * @property {Node} tree
 * @property {number} begin
 * @property {number | null} end when it was decided
 * @property {number | null} endIndex the entry that decided it
 * @property {number} beginIndex
 * @property {boolean} ok
 * @property {boolean} current
 */

/**
 * @typedef {object} Row
 * @property {number} depth
 * @property {Bar} [bar]
 * @property {Frame} [frame]
 * @property {number} [last] of a frame: the last row inside it
 * @property {Fate} [fate] of a bar or a frame in a frame
 * @property {number} [wasted] milliseconds after the race was over
 */

/** @typedef {{ row: import('./journal.js').InvocationRow, rows: Row[], segments: import('./timeline.js').Segment[], from: number, to: number | null, entries: number }} Timeline */

/** @type {Record<string, string>} */
const TITLES = { race: 'race', any: 'any', all: 'all', allSettled: 'allSettled', select: 'select', atLeast: 'at least', first: 'first', branch: 'branch' };

/** @type {Set<Node['kind']>} */
const DECIDED_BY_SOME = new Set(['race', 'any', 'select', 'atLeast', 'first']);

/** @param {import('./settling.js').Settled | null} decided @param {Node} child */
function isWinner(decided, child) {
  return decided?.winners ? decided.winners.includes(child) : decided?.by === child;
}

/** @param {Whole} whole @returns {Timeline} */
export function timelineOf(whole) {
  const { row, entries, events } = whole;
  const { bars, byKey } = barsOf(whole);
  const lastIndex = entries.at(-1)?.index ?? 0;
  const current = row?.last_awaiting_on_future_json ?? row?.suspended_waiting_future_json;
  const awaits = awaitsOf(events, row?.status === 'completed' ? null : current, lastIndex);
  const timeOf = (/** @type {number} */ index) => entries[Math.min(index, entries.length - 1)]?.at ?? 0;
  /** @type {Map<string, { index: number, ok: boolean }>} */
  const results = new Map();
  bars.forEach((bar) => bar.doneIndex !== null && results.set(bar.key, { index: bar.doneIndex, ok: bar.outcome === 'ok' }));
  awaits.forEach(({ tree, after }) => leavesOf(tree).forEach((key) => byKey.has(key) || addSignal(key, after)));

  /** @param {string} key @param {number} after */
  function addSignal(key, after) {
    /** @type {Bar} */
    const bar = { key, label: signalText(key), type: 'Signal', index: after, begin: timeOf(after), end: null, doneIndex: null, outcome: 'open', childId: null, due: null, critical: false, marks: [] };
    bars.push(bar);
    byKey.set(key, bar);
  }
  const cancelled = new Set(entries.filter((e) => e.isCommand && e.type === 'SendSignal').map((e) => e.content.target_invocation_id));
  /** @type {Set<number>} */
  const lost = new Set();
  const taken = new Set();
  /** @type {{ index: number, rows: Row[] }[]} */
  const blocks = [];

  /** @param {Node} node @param {number} depth @param {boolean} isCurrent @returns {Row[]} */
  function framed(node, depth, isCurrent) {
    const decided = settled(node, results);
    const leaves = leavesOf(node).flatMap((key) => byKey.get(key) ?? []);
    /** @type {Row} */
    const head = {
      depth,
      frame: {
        title: titleOf(node, leaves),
        tree: node,
        begin: Math.min(...leaves.map((bar) => bar.begin)),
        beginIndex: Math.min(...leaves.map((bar) => bar.index)),
        end: decided ? timeOf(decided.index) : null,
        endIndex: decided?.index ?? null,
        ok: decided?.ok ?? true,
        current: isCurrent && !decided,
      },
    };
    const inner = node.children.flatMap((child) => {
      if (child.kind === 'leaf') {
        return leaf(child, node, decided, depth + 1);
      }
      const rows = framed(child, depth + 1, isCurrent);
      if (DECIDED_BY_SOME.has(node.kind) && isWinner(decided, child)) {
        rows[0].fate = 'winner';
      }
      return rows;
    });
    return [head, ...inner];
  }

  /** @param {Node} child @param {Node} node @param {import('./settling.js').Settled | null} decided @param {number} depth @returns {Row[]} */
  function leaf(child, node, decided, depth) {
    const bar = byKey.get(child.id);
    if (!bar || taken.has(bar.key)) {
      return [];
    }
    taken.add(bar.key);
    if (!decided || !DECIDED_BY_SOME.has(node.kind)) {
      return [{ depth, bar, fate: 'part' }];
    } else if (isWinner(decided, child)) {
      return [{ depth, bar, fate: decided.ok || !['any', 'atLeast'].includes(node.kind) ? 'winner' : 'part' }];
    }
    const over = timeOf(decided.index);
    if (bar.doneIndex !== null) {
      if (bar.doneIndex < decided.index) {
        return [{ depth, bar, fate: 'part' }];
      }
      lost.add(bar.doneIndex);
      const isCancelled = bar.childId !== null && cancelled.has(bar.childId);
      return [{ depth, bar, fate: isCancelled ? 'cancelled' : 'later', wasted: Math.max(0, (bar.end ?? over) - Math.max(over, bar.begin)) }];
    }
    const fate = bar.childId !== null && cancelled.has(bar.childId) ? 'cancelled' : bar.type === 'Sleep' ? 'timer' : row?.status === 'completed' ? 'left' : 'running';
    return [{ depth, bar, fate }];
  }

  for (const { tree, current: isCurrent } of merged(awaits)) {
    if (tree.kind !== 'leaf') {
      const rows = framed(inScopes(tree), 0, isCurrent);
      if (rows.some((one) => one.bar)) {
        blocks.push({ index: Math.min(...rows.flatMap((one) => (one.bar ? [one.bar.index] : []))), rows });
      }
    }
  }
  bars.filter((bar) => !taken.has(bar.key)).forEach((bar) => blocks.push({ index: bar.index, rows: [{ depth: 0, bar }] }));
  blocks.sort((a, b) => a.index - b.index);
  markCritical(bars, entries, lost);
  const from = millis(row?.created_at) ?? entries[0]?.at ?? 0;
  return { row: row ?? {}, rows: ended(blocks.flatMap((block) => block.rows)), segments: segmentsOf(whole), from, to: millis(row?.completed_at), entries: entries.length };
}

/**
 * Awaits of the same things are shown once: one that waits for a part of what another waits for goes on where that began.
 * @param {import('./awaits.js').Await[]} awaits
 */
function merged(awaits) {
  const sets = awaits.map((one) => ({ one, leaves: new Set(leavesOf(one.tree)) }));
  sets.sort((a, b) => b.leaves.size - a.leaves.size);
  /** @type {typeof sets} */
  const kept = [];
  for (const each of sets) {
    const around = kept.find((other) => [...each.leaves].every((key) => other.leaves.has(key)));
    if (!around) {
      kept.push(each);
    } else if (each.one.current) {
      around.one.current = true;
    }
  }
  return kept.map(({ one }) => one).sort((a, b) => a.after - b.after);
}

/** Tells each frame which row is its last. @param {Row[]} rows */
function ended(rows) {
  rows.forEach((row, i) => {
    if (row.frame) {
      let last = i;
      while (last + 1 < rows.length && rows[last + 1].depth > row.depth) {
        last++;
      }
      row.last = last;
    }
  });
  return rows;
}

/** @param {Node} node @param {Bar[]} leaves */
function titleOf(node, leaves) {
  if (node.name) {
    return node.name;
  }
  const timer = node.kind === 'race' && node.children.length === 2
    && leaves.find((bar) => bar.type === 'Sleep' && node.children.some((child) => child.id === bar.key));
  return timer && timer.due ? `or timeout ${duration(roundSpan(timer.due - timer.begin))}` : `${TITLES[node.kind]} of ${node.children.length}`;
}

/** What becomes of a loser, in words. @type {Record<Fate, string>} */
export const FATES = {
  winner: 'decided it',
  cancelled: 'cancelled',
  later: 'finished later',
  running: 'still running',
  timer: 'timer left',
  left: 'not waited for',
  part: '',
};
