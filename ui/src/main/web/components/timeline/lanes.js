// What stands above the bars: the axis, and a thin lane for each attempt. What an attempt replayed is an outline, what it
// added is filled; what lies between attempts is hatched.
import { duration } from '../../core/format.js';
import { html } from '../../core/html.js';
import { ticks } from './scale.js';

/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('../../model/timeline.js').Segment} Segment */

const AXIS = 22;
const LANE = 9;
const LANES_MAX = 8;

/** @param {Segment[]} segments */
function shownAttempts(segments) {
  const attempts = segments.filter((segment) => segment.kind === 'runs');
  return attempts.slice(-LANES_MAX);
}

/** How high they are. @param {Segment[]} segments @param {string} order */
export function heightOf(segments, order) {
  return AXIS + (order === 'clock' ? Math.max(1, shownAttempts(segments).length) * LANE + 5 : 0);
}

/**
 * @param {object} props
 * @param {Scale} props.scale
 * @param {Segment[]} props.segments
 * @param {number} props.start
 * @param {number} props.now
 * @param {number} props.firstEntry
 */
export function Lanes({ scale, segments, start, now, firstEntry }) {
  const height = heightOf(segments, scale.order);
  const attempts = shownAttempts(segments);
  return html`<svg class="tl-axis" width=${scale.width} height=${height} role="img" aria-label="Axis and attempts">
    ${ticks(scale, start).map((tick) => html`<g key=${tick.text}><path d=${`M${tick.x} ${AXIS - 6}v6`} />
      <text x=${tick.x + 3} y=${AXIS - 9}><title>${tick.title}</title>${tick.text}</text></g>`)}
    <path d=${`M0 ${AXIS - 0.5}H${scale.width}`} />
    ${scale.order === 'clock' && attempts.map((segment, i) => {
      const y = AXIS + 3 + i * LANE;
      const x0 = scale.x(segment.from, 0);
      const x1 = Math.max(x0 + 2, scale.x(segment.to ?? now, 0));
      const ghost = segment.replayed > 1 ? scale.x(firstEntry, 0) : x0;
      const text = `attempt ${segment.attempt}: ${segment.replayed} entries replayed, ${segment.added} added, ${duration((segment.to ?? now) - segment.from)}`;
      return html`<g key=${segment.attempt}><title>${text}</title>
        ${ghost < x0 && html`<rect class="replayed" x=${ghost} y=${y} width=${x0 - ghost} height=${LANE - 3} rx="2" />`}
        <rect class="attempt" x=${x0} y=${y} width=${x1 - x0} height=${LANE - 3} rx="2" /></g>`;
    })}
  </svg>`;
}

/** Stretches in which no attempt ran, behind the bars. @param {{ scale: Scale, segments: Segment[], now: number, height: number }} props */
export function Pauses({ scale, segments, now, height }) {
  if (scale.order !== 'clock') {
    return null;
  }
  return segments.filter((segment) => segment.kind !== 'runs').map((segment, i) => {
    const x0 = Math.max(-10, scale.x(segment.from, 0));
    const x1 = Math.min(scale.width + 10, scale.x(segment.to ?? now, 0));
    return x1 > x0 && html`<g key=${i} class=${'tl-pause ' + segment.kind}><title>${segment.text + ', ' + duration((segment.to ?? now) - segment.from)}</title>
      <rect x=${x0} y="0" width=${x1 - x0} height=${height} />
      ${segment.kind === 'failed' && html`<path class="mark" d=${`M${x0} 0v${height}`} />`}</g>`;
  });
}
