// A small plot of a few numbers: bars, the newest to the right.
import { html } from '../core/html.js';

const HEIGHT = 26;
const STEP = 3;

/**
 * @param {object} props
 * @param {number[]} props.values
 * @param {string} props.label what they are, for those who cannot see it
 * @param {string} [props.tone]
 */
export function Spark({ values, label, tone = 'run' }) {
  const most = Math.max(1, ...values);
  return html`<svg class="spark tone-${tone}" role="img" aria-label=${label} viewBox=${`0 0 ${values.length * STEP} ${HEIGHT}`} preserveAspectRatio="none">
    <title>${label}</title>
    ${values.map((value, i) => {
      const height = value === 0 ? 1 : Math.max(2, (value / most) * HEIGHT);
      return html`<rect key=${i} class=${value === 0 ? 'none' : ''} x=${i * STEP} y=${HEIGHT - height} width=${STEP - 1} height=${height} />`;
    })}
  </svg>`;
}
