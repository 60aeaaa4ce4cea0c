// The graph of who waits for whom, drawn from those who wait, at the left, to what they wait for.
import { html } from '../core/html.js';
import { href } from '../core/router.js';
import { shortId } from '../core/format.js';
import { statusOf } from '../model/status.js';
import { layout } from '../model/graph.js';

/** @typedef {import('../model/waits.js').Graph} Graph */

const WIDTH = 204;
const HEIGHT = 42;
const BETWEEN = 84;
const UNDER = 16;
const EDGE = 14;

/** @param {{ column: number, row: number }} place */
const corner = ({ column, row }) => ({ x: EDGE + column * (WIDTH + BETWEEN), y: EDGE + row * (HEIGHT + UNDER) });

/** @param {{ graph: Graph, chosen?: string | null }} props */
export function WaitGraph({ graph, chosen = null }) {
  const places = layout(graph);
  const stuck = new Set(graph.deadlocks.flat());
  const columns = Math.max(0, ...[...places.values()].map((place) => place.column + 1));
  const rows = Math.max(0, ...[...places.values()].map((place) => place.row + 1));
  const width = 2 * EDGE + columns * (WIDTH + BETWEEN) - BETWEEN;
  const height = 2 * EDGE + rows * (HEIGHT + UNDER) + 30;
  return html`<div class="graph-box" tabindex="0" role="region" aria-label="Graph"><svg width=${width} height=${height} role="group" aria-label="Who waits for whom">
    <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L8 4 L0 8 z" /></marker></defs>
    ${graph.edges.map((edge, i) => html`<${Arrow} key=${i} edge=${edge} from=${places.get(edge.from)} to=${places.get(edge.to)} isStuck=${stuck.has(edge)} />`)}
    ${[...graph.nodes.values()].map((node) => html`<${Box} key=${node.id} node=${node} place=${places.get(node.id)} isChosen=${node.id === chosen} />`)}
  </svg></div>`;
}

/** @param {{ edge: import('../model/waits.js').Edge, from: any, to: any, isStuck: boolean }} props */
function Arrow({ edge, from, to, isStuck }) {
  const a = corner(from);
  const b = corner(to);
  const [x1, y1, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.y + HEIGHT / 2];
  const isForth = to.column > from.column;
  // What goes back goes around below the boxes.
  const path = isForth ? `M${x1} ${y1} C${x1 + 45} ${y1} ${b.x - 45} ${y2} ${b.x - 1} ${y2}`
    : `M${a.x + WIDTH / 2} ${a.y + HEIGHT} C${a.x + WIDTH / 2} ${Math.max(a.y, b.y) + HEIGHT + 34} ${b.x + WIDTH / 2} ${Math.max(a.y, b.y) + HEIGHT + 34} ${b.x + WIDTH / 2} ${b.y + HEIGHT + 1}`;
  const [tx, ty] = isForth ? [x1 + (b.x - x1) / 2, (y1 + y2) / 2 - 5] : [(a.x + b.x + WIDTH) / 2, Math.max(a.y, b.y) + HEIGHT + 22];
  return html`<g class=${'wait-edge' + (isStuck ? ' stuck' : '') + (edge.required ? '' : ' optional')}>
    <path d=${path} marker-end="url(#tip)" /><text x=${tx} y=${ty} text-anchor="middle">${edge.what === 'object' ? 'queue' : edge.what}</text></g>`;
}

/** @param {string} text */
const cut = (text) => (text.length > 26 ? text.slice(0, 25) + '…' : text);

/** @param {{ node: import('../model/waits.js').Node, place: any, isChosen: boolean }} props */
function Box({ node, place, isChosen }) {
  const { x, y } = corner(place);
  const status = node.row ? statusOf(node.row) : null;
  const box = html`<g class=${`wait-node tone-${status?.tone ?? 'none'}` + (isChosen ? ' chosen' : '') + (node.isInvocation ? '' : ' outside')}>
    <title>${node.label}${node.isInvocation ? '\n' + node.id : ''}</title>
    <rect x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="6" />
    <text x=${x + 10} y=${y + 17}>${cut(node.label)}</text>
    <text class="small" x=${x + 10} y=${y + 33}>${node.isInvocation ? `${status ? status.sign + ' ' + status.name + '  ' : ''}${shortId(node.id)}` : node.about}</text></g>`;
  return node.isInvocation ? html`<a href=${href(['invocations', node.id])}>${box}</a>` : box;
}
