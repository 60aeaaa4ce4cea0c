// Where something stands on the axis: by the clock, or by the journal's own order.
import { absolute, clock, duration } from '../../core/format.js';

/** @typedef {{ from: number, to: number }} Range */
/** @typedef {'clock' | 'journal'} Order */

/**
 * @typedef {object} Scale
 * @property {Order} order
 * @property {Range} range what is in sight
 * @property {number} width in pixels
 * @property {(at: number, index: number) => number} x
 */

/** @param {Order} order @param {Range} range @param {number} width @returns {Scale} */
export function scaleOf(order, range, width) {
  const per = width / Math.max(1e-9, range.to - range.from);
  return { order, range, width, x: (at, index) => ((order === 'clock' ? at : index) - range.from) * per };
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000, 2_592_000_000, 7_776_000_000];

/**
 * Marks for the axis: times since the start, or numbers of entries.
 * @param {Scale} scale
 * @param {number} start
 * @returns {{ x: number, text: string, title: string }[]}
 */
export function ticks({ order, range, width, x }, start) {
  const room = Math.max(2, Math.floor(width / 90));
  const span = range.to - range.from;
  const found = STEPS.find((s) => span / s <= room);
  const step = found ?? STEPS[STEPS.length - 1] * Math.ceil(span / STEPS[STEPS.length - 1] / room);
  const origin = order === 'clock' ? start : 0;
  const marks = [];
  for (let at = origin + Math.ceil((range.from - origin) / step) * step; at <= range.to; at += step) {
    const since = at - origin;
    marks.push({
      x: x(at, at),
      text: order === 'journal' ? '#' + at : since === 0 ? clock(start).slice(0, 8) : (since < 0 ? '−' : '+') + duration(since),
      title: order === 'journal' ? 'entry ' + at : absolute(at),
    });
  }
  return marks;
}

/** A range a number of times as wide, with one place where it was. @param {Range} range @param {number} times @param {number} [around] from 0 to 1 */
export function zoomed(range, times, around = 0.5) {
  const fixed = range.from + (range.to - range.from) * around;
  return { from: fixed - (fixed - range.from) * times, to: fixed + (range.to - fixed) * times };
}

/** The range within bounds, and neither wider than them nor too small to see. @param {Range} range @param {Range} bounds @param {number} least */
export function within(range, bounds, least) {
  const whole = bounds.to - bounds.from;
  const span = Math.min(whole, Math.max(least, range.to - range.from));
  const from = Math.min(Math.max(range.from, bounds.from), bounds.to - span);
  return { from, to: from + span };
}
