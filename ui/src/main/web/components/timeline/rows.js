// The rows of a timeline that are in sight: names to the left, bars and frames to the right.
import { absolute, duration } from '../../core/format.js';
import { html } from '../../core/html.js';
import { FATES } from '../../model/frames.js';

/** @typedef {import('../../model/frames.js').Row} Row */
/** @typedef {import('./scale.js').Scale} Scale */

export const ROW = 24;
const BAR = 12;
const INDENT = 12;

/**
 * @param {object} props
 * @param {Row} props.row
 * @param {number} props.at its number
 * @param {boolean} props.isCursor
 * @param {'none' | 'closed' | 'open'} props.fold
 * @param {() => void} props.onFold
 * @param {() => void} props.onOpen
 */
export function Label({ row, at, isCursor, fold, onFold, onOpen }) {
  const { bar, frame, fate } = row;
  const name = frame ? frame.title : bar?.label ?? '';
  return html`<div class=${'tl-label' + (isCursor ? ' cursor' : '') + (frame ? ' frame' : '')} style=${{ top: at * ROW + 'px', paddingLeft: 8 + row.depth * INDENT + 'px' }}>
    ${fold !== 'none' && html`<button type="button" class="quiet fold" aria-expanded=${fold === 'open'} aria-label=${'What ' + name + ' did'} onClick=${onFold}>${fold === 'open' ? '▾' : '▸'}</button>`}
    ${frame
      ? html`<span class="tl-name" title=${name}>${name}</span>${fate === 'winner' && html`<span class="tl-fate winner">★</span>`}<span class="tl-fate">${frame.end === null ? (frame.current ? 'waits' : 'open') : duration(frame.end - frame.begin)}</span>`
      : html`<button type="button" class="tl-name mono" title=${name} onClick=${onOpen}>${name}</button>
        ${fate && FATES[fate] && html`<span class=${'tl-fate ' + fate}>${fate === 'winner' ? '★ ' : ''}${FATES[fate]}</span>`}`}
  </div>`;
}

/** @param {{ row: Row, at: number, scale: Scale, now: number, settledAt: number | null, entries: number }} props */
export function BarShape({ row, at, scale, now, settledAt, entries }) {
  const bar = row.bar;
  if (!bar) {
    return null;
  }
  const y = at * ROW + (ROW - BAR) / 2;
  const x0 = scale.x(bar.begin, bar.index);
  const title = titleOf(row);
  if (bar.outcome === 'instant') {
    return html`<g class=${'tl-instant' + (bar.critical ? ' critical' : '')}><title>${title}</title>
      <path d=${`M${x0} ${y}l5 ${BAR / 2}l-5 ${BAR / 2}l-5 ${-BAR / 2}z`} /></g>`;
  }
  const open = bar.doneIndex === null;
  const x1 = Math.max(x0 + 3, open ? scale.x(now, entries) : scale.x(bar.end ?? now, bar.doneIndex ?? entries));
  const isLate = row.fate === 'later' || row.fate === 'cancelled';
  const over = settledAt !== null && isLate ? Math.min(x1, Math.max(x0, settledAt)) : x1;
  const text = bar.end === null ? (bar.due ? 'until ' + absolute(bar.due).slice(11, 19) : '…') : duration(bar.end - bar.begin);
  return html`<g class=${`tl-bar ${bar.outcome} fate-${row.fate ?? 'none'}${bar.type === 'Sleep' ? ' timer' : ''}${bar.critical ? ' critical' : ''}`}><title>${title}</title>
    <rect class="body" x=${x0} y=${y} width=${Math.max(0, over - x0)} height=${BAR} rx="2" />
    ${over < x1 && html`<rect class="wasted" x=${over} y=${y} width=${x1 - over} height=${BAR} rx="2" />`}
    ${row.fate === 'winner' && html`<path class="winner" d=${`M${x1} ${y - 4}v${BAR + 8}`} />`}
    ${bar.marks.map((mark) => html`<path class="mark" d=${`M${scale.x(mark.at, bar.index)} ${y - 3}l3.5 -5h-7z`}><title>${mark.text}</title></path>`)}
    <text x=${x1 + 6} y=${y + BAR - 2}>${text}</text></g>`;
}

/** @param {Row} row */
function titleOf({ bar, fate, wasted }) {
  if (!bar) {
    return '';
  }
  const lines = [bar.label, absolute(bar.begin) + (bar.end === null ? '' : ' to ' + absolute(bar.end))];
  if (bar.end !== null && bar.end > bar.begin) {
    lines.push(duration(bar.end - bar.begin) + (bar.outcome === 'failed' ? ', failed' : ''));
  }
  if (fate && FATES[fate]) {
    lines.push(FATES[fate] + (wasted ? `: ${duration(wasted)} that nobody needed` : ''));
  }
  if (bar.critical) {
    lines.push('on the critical path');
  }
  return lines.join('\n');
}

/** The frame around the rows of a combinator. @param {{ row: Row, at: number, scale: Scale, now: number, entries: number }} props */
export function FrameShape({ row, at, scale, now, entries }) {
  const frame = row.frame;
  if (!frame) {
    return null;
  }
  const x0 = scale.x(frame.begin, frame.beginIndex) - 3 - Math.max(0, 6 - 3 * row.depth);
  const x1 = frame.end === null ? scale.x(now, entries) + 4 : scale.x(frame.end, frame.endIndex ?? entries) + 1;
  const y = at * ROW + 3 + row.depth;
  const height = ((row.last ?? at) - at + 1) * ROW - 6 - 2 * row.depth;
  return html`<g class=${'tl-frame' + (frame.end === null ? ' open' : '') + (frame.ok ? '' : ' failed')}>
    <title>${frame.title + (frame.end === null ? ', not decided yet' : ', decided ' + absolute(frame.end) + ' by entry ' + frame.endIndex)}</title>
    <rect x=${x0} y=${y} width=${Math.max(4, x1 - x0)} height=${height} rx="4" />
    ${frame.end !== null && html`<path class="settled" d=${`M${x1} ${y}v${height}`} />`}</g>`;
}
