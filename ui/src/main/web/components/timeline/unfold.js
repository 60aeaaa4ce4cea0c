// The rows of a timeline with those of the calls that somebody unfolded between them.
import { useEffect, useMemo, useState } from '../../core/html.js';
import { timelineOf } from '../../model/frames.js';
import { whole } from '../../model/journal.js';

/** @typedef {import('../../model/frames.js').Row} Row */
/** @typedef {import('../../model/frames.js').Timeline} Model */

/**
 * A row at its place.
 * @typedef {object} Place
 * @property {Row} row
 * @property {string} key
 * @property {string} owner the invocation it belongs to
 * @property {number} level how many calls deep
 * @property {number} span how many rows a frame has
 * @property {{ at: number, index: number } | null} settled when the race was over that a bar took part in
 */

const LEVELS_MAX = 5;
const FRESH_MILLIS = 2_000;

/** @param {Model} model @param {string} id */
export function useUnfolded(model, id) {
  const [open, setOpen] = useState(/** @type {Record<string, Model | null>} */ ({}));
  const ids = Object.keys(open);
  useEffect(() => {
    const abort = new AbortController();
    const load = () => Promise.all(ids.filter((child) => !open[child]?.to).map(async (child) => {
      try {
        const found = timelineOf(await whole(child, abort.signal));
        setOpen((old) => (child in old ? { ...old, [child]: found } : old));
      } catch {
        // It is asked again in a while.
      }
    }));
    load();
    const timer = ids.some((child) => !open[child]?.to) ? setInterval(() => document.hidden || load(), FRESH_MILLIS) : 0;
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [ids.join()]);
  const rows = useMemo(() => placed(model, id, open, 0, 0, new Set([id])), [model, open, id]);
  /** @param {Place} place @returns {'none' | 'closed' | 'open'} */
  const fold = (place) => {
    const child = place.row.bar?.childId;
    return !child || place.level >= LEVELS_MAX || child === id ? 'none' : child in open ? 'open' : 'closed';
  };
  /** @param {Place} place */
  const toggle = (place) => {
    const child = place.row.bar?.childId;
    if (child && fold(place) !== 'none') {
      setOpen(({ [child]: known, ...others }) => (child in open ? others : { ...others, [child]: known ?? null }));
    }
  };
  return { rows, fold, toggle };
}

/**
 * @param {Model} model
 * @param {string} owner
 * @param {Record<string, Model | null>} open
 * @param {number} depth
 * @param {number} level
 * @param {Set<string>} above invocations that this is in, so that no circle is unfolded
 * @returns {Place[]}
 */
function placed(model, owner, open, depth, level, above) {
  /** @type {Place[]} */
  const places = [];
  /** @type {{ place: Place, depth: number, from: number }[]} */
  const frames = [];
  const close = (/** @type {number} */ to) => {
    while (frames.length && frames[frames.length - 1].depth >= to) {
      const { place, from } = /** @type {typeof frames[0]} */ (frames.pop());
      place.span = places.length - from;
    }
  };
  model.rows.forEach((row, i) => {
    close(row.depth);
    const inner = frames.at(-1)?.place.row.frame;
    const settled = inner && inner.end !== null ? { at: inner.end, index: inner.endIndex ?? 0 } : null;
    /** @type {Place} */
    const place = { row: { ...row, depth: row.depth + depth }, key: owner + (row.bar?.key ?? 'f' + i), owner, level, span: 1, settled };
    if (row.frame) {
      frames.push({ place, depth: row.depth, from: places.length });
    }
    places.push(place);
    const child = row.bar?.childId;
    const below = child && !above.has(child) ? open[child] : null;
    if (child && below) {
      places.push(...placed(below, child, open, row.depth + depth + 1, level + 1, new Set([...above, child])));
    }
  });
  close(0);
  return places;
}

