// A plot of some lines over time. Only pages that plot load what draws it.
import uPlot from 'uplot';
import { html, useEffect, useRef } from '../core/html.js';

const HEIGHT = 150;

const sheet = new URL('../lib/uplot.css', import.meta.url).href;

function needSheet() {
  if (!document.querySelector(`link[href="${sheet}"]`)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet }));
  }
}

/** @param {string} name of a custom property */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.unit
 * @param {number[]} props.at times in milliseconds
 * @param {{ name: string, tone: string, values: (number | null)[] }[]} props.lines
 */
export function Plot({ title, unit, at, lines }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const data = /** @type {any} */ ([at.map((time) => time / 1_000), ...lines.map((line) => line.values)]);
  useEffect(() => {
    needSheet();
    const element = /** @type {HTMLDivElement} */ (box.current);
    const axis = { stroke: () => colour('faint'), grid: { stroke: () => colour('line'), width: 1 }, ticks: { stroke: () => colour('line'), width: 1 }, font: '11px sans-serif' };
    plot.current = new uPlot({
      width: Math.max(200, element.clientWidth), height: HEIGHT, legend: { show: false }, cursor: { y: false },
      scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
      axes: [{ ...axis, size: 28, space: 70 }, { ...axis, size: 52 }],
      series: [{}, ...lines.map((line) => ({ label: line.name, stroke: () => colour(line.tone), width: 1.5, points: { show: false } }))],
    }, data, element);
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: Math.max(200, element.clientWidth), height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [at]);
  const last = (/** @type {(number | null)[]} */ values) => values.findLast((value) => value !== null) ?? null;
  return html`<figure class="plot card" aria-label=${title}><figcaption><strong>${title}</strong>${lines.map((line) => {
    const now = last(line.values);
    return html`<span key=${line.name} class=${'key tone-' + line.tone}><i aria-hidden="true"></i>${line.name} <b class="number">${now === null ? '–' : now.toFixed(now >= 100 ? 0 : now >= 1 ? 1 : 2)}${unit && ' ' + unit}</b></span>`;
  })}</figcaption><div class="plot-box" ref=${box}></div></figure>`;
}
