// The timeline of an invocation: what it did, when, what decided what, and what it waits for. Draws what is in sight alone.
import { html, useEffect, useMemo, useRef, useState } from '../../core/html.js';
import { useKeys } from '../../core/keys.js';
import { setQuery, usePlace } from '../../core/router.js';
import { timelineOf } from '../../model/frames.js';
import { BarDialog } from './details.js';
import { useUnfolded } from './unfold.js';
import { heightOf, Lanes, Pauses } from './lanes.js';
import { BarShape, FrameShape, Label, ROW } from './rows.js';
import { scaleOf, within, zoomed } from './scale.js';
import { usePointer, useSight } from './sight.js';
import { Waiting } from './waiting.js';

/** @typedef {import('./scale.js').Range} Range */

const SPARE = 4;
const TICK_MILLIS = 250;

/** @param {{ data: import('../../model/journal.js').Whole, id: string }} props */
export function Timeline({ data, id }) {
  const { query } = usePlace();
  const order = query.get('order') === 'journal' ? 'journal' : 'clock';
  const model = useMemo(() => timelineOf(data), [data]);
  const { rows, fold, toggle } = useUnfolded(model, id);
  const now = useNow(model.to);
  const [chosen, setChosen] = useState(/** @type {Range | null} */ (null));
  const [cursor, setCursor] = useState(-1);
  const [opened, open] = useState(/** @type {import('./unfold.js').Place | null} */ (null));
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const sight = useSight(box, rows.length);
  useEffect(() => setChosen(null), [order]);

  const end = model.to ?? now;
  const span = Math.max(1, end - model.from);
  const bounds = order === 'clock' ? { from: model.from - span * 0.01, to: end + span * 0.12 } : { from: -0.5, to: model.entries + Math.max(1, model.entries * 0.1) };
  const least = order === 'clock' ? 2 : 4;
  const range = within(chosen ?? bounds, bounds, least);
  const scale = scaleOf(order, range, Math.max(50, sight.width));
  /** @param {number} times @param {number} [around] */
  const zoom = (times, around) => setChosen(within(zoomed(range, times, around), bounds, least));
  /** @param {number} share of what is in sight */
  const pan = (share) => setChosen(within({ from: range.from + (range.to - range.from) * share, to: range.to + (range.to - range.from) * share }, bounds, least));
  usePointer(box, sight, zoom, pan);

  /** @param {number} to */
  function move(to) {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setCursor(next);
    const element = box.current;
    if (element) {
      element.scrollTop = Math.min(Math.max(element.scrollTop, (next + 3) * ROW + head - element.clientHeight), next * ROW);
    }
  }
  const at = rows[cursor];
  useKeys([
    { key: 'j', what: 'next row', act: () => move(cursor + 1) },
    { key: 'k', what: 'row before', act: () => move(cursor - 1) },
    { key: 'Enter', what: 'open the row', act: () => at?.row.bar && open(at) },
    { key: 'l', what: 'unfold a call', act: () => at && toggle(at) },
    { key: '+', what: 'nearer', act: () => zoom(0.5) },
    { key: '-', what: 'farther', act: () => zoom(2) },
    { key: '0', what: 'all of it', act: () => setChosen(null) },
    { key: 'ArrowLeft', what: 'earlier', act: () => pan(-0.2) },
    { key: 'ArrowRight', what: 'later', act: () => pan(0.2) },
  ]);

  const head = heightOf(model.segments, order);
  const first = Math.max(0, sight.first - SPARE);
  const last = Math.min(rows.length, sight.first + sight.count + SPARE);
  const shown = rows.slice(first, last);
  const frames = rows.flatMap((place, i) => (place.row.frame && i < last && i + place.span > first ? [{ place, i }] : []));
  const height = rows.length * ROW;
  return html`<div class="timeline">
    <${Waiting} data=${data} id=${id} />
    <div class="bar">
      <div class="chips" role="group" aria-label="Order">
        <button type="button" class="chip" aria-pressed=${order === 'clock'} onClick=${() => setQuery({ order: null })}>by the clock</button>
        <button type="button" class="chip" aria-pressed=${order === 'journal'} title="The order of the journal decides who wins, whatever the clock says"
          onClick=${() => setQuery({ order: 'journal' })}>by the journal</button></div>
      <span class="chips"><button type="button" class="chip" aria-label="Nearer" title="Nearer (+, or Ctrl and wheel)" onClick=${() => zoom(0.5)}>+</button>
        <button type="button" class="chip" aria-label="Farther" title="Farther (-)" onClick=${() => zoom(2)}>−</button>
        <button type="button" class="chip" onClick=${() => setChosen(null)} title="All of it (0)">fit</button></span>
      <${Legend} />
    </div>
    <div class="tl-box" ref=${box} tabindex="0" role="region" aria-label="Timeline">
      <div class="tl-head" style=${{ height: head + 'px' }}><div class="tl-corner"></div>
        <${Lanes} scale=${scale} segments=${model.segments} start=${model.from} now=${end} firstEntry=${data.entries[0]?.at ?? model.from} /></div>
      <div class="tl-body" style=${{ height: Math.max(height, ROW) + 'px' }}>
        <svg class="tl-chart" style=${{ top: first * ROW + 'px' }} width=${scale.width} height=${Math.max(1, (last - first) * ROW)}
            viewBox=${`0 ${first * ROW} ${scale.width} ${Math.max(1, (last - first) * ROW)}`} aria-hidden="true">
          <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6" /></pattern></defs>
          <${Pauses} scale=${scale} segments=${model.segments} now=${end} height=${height} />
          ${cursor >= 0 && html`<rect class="tl-cursor" x="0" y=${cursor * ROW} width=${scale.width} height=${ROW} />`}
          ${frames.map(({ place, i }) => html`<${FrameShape} key=${place.key} row=${{ ...place.row, last: i + place.span - 1 }} at=${i} scale=${scale} now=${end} entries=${model.entries} />`)}
          ${shown.map((place, i) => html`<${BarShape} key=${place.key} row=${place.row} at=${first + i} scale=${scale} now=${end} entries=${model.entries}
            settledAt=${place.settled ? scale.x(place.settled.at, place.settled.index) : null} />`)}
          ${model.to === null && order === 'clock' && html`<path class="tl-now" d=${`M${scale.x(now, 0)} 0V${height}`} />`}
        </svg>
        ${shown.map((place, i) => html`<${Label} key=${place.key} row=${place.row} at=${first + i} isCursor=${first + i === cursor} fold=${fold(place)}
          onFold=${() => toggle(place)} onOpen=${() => open(place)} />`)}
        ${rows.length === 0 && html`<p class="tl-none faint">It has done nothing yet.</p>`}
      </div>
    </div>
    ${opened?.row.bar && html`<${BarDialog} id=${opened.owner} row=${opened.row} onClose=${() => open(null)} />`}
  </div>`;
}

function Legend() {
  return html`<span class="legend faint"><i class="critical"></i> critical path <i class="wasted"></i> finished later <i class="paused"></i> suspended <i class="star">★</i> decided it</span>`;
}

/** The time, as long as something goes on. @param {number | null} over */
function useNow(over) {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    if (over !== null) {
      return undefined;
    }
    const timer = setInterval(() => document.hidden || set(Date.now()), TICK_MILLIS);
    return () => clearInterval(timer);
  }, [over]);
  return now;
}
