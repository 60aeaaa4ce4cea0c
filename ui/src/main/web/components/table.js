// A table of any number of rows, of which only those in sight are drawn.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label
 * @property {(row: any) => any} cell
 * @property {boolean} [sortable]
 * @property {boolean} [right] numbers stand to the right
 * @property {string} [width]
 */

const ROW_HEIGHT = 30;
const SPARE_ROWS = 12;
const FEW = 60;

/**
 * @param {object} props
 * @param {Column[]} props.columns
 * @param {any[]} props.rows
 * @param {(row: any) => string} props.id
 * @param {string} props.label what the rows are
 * @param {{ key: string, down: boolean }} [props.sort]
 * @param {(key: string) => void} [props.onSort]
 * @param {Set<string>} [props.selected]
 * @param {(selected: Set<string>) => void} [props.onSelect]
 * @param {(row: any) => void} [props.onOpen]
 * @param {() => void} [props.onEnd] the last rows are in sight
 * @param {any} [props.foot]
 */
export function Table({ columns, rows, id, label, sort, onSort, selected, onSelect, onOpen, onEnd, foot }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [sight, setSight] = useState({ first: 0, count: 40 });
  const [cursor, setCursor] = useState(-1);
  const few = rows.length <= FEW;
  const first = few ? 0 : Math.max(0, Math.min(sight.first - SPARE_ROWS, rows.length - 1));
  const last = few ? rows.length : Math.min(rows.length, sight.first + sight.count + SPARE_ROWS);

  function look() {
    const element = box.current;
    if (!element) {
      return;
    }
    const next = { first: Math.floor(element.scrollTop / ROW_HEIGHT), count: Math.ceil(element.clientHeight / ROW_HEIGHT) + 1 };
    setSight((old) => (old.first === next.first && old.count === next.count ? old : next));
    if (onEnd && next.first + next.count >= rows.length - SPARE_ROWS) {
      onEnd();
    }
  }
  useLayoutEffect(look, [rows.length]);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (box.current) {
      observer.observe(box.current);
    }
    return () => observer.disconnect();
  }, [rows.length]);

  /** @param {number} to */
  function move(to) {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setCursor(next);
    const element = box.current;
    if (element) {
      const top = next * ROW_HEIGHT;
      const head = ROW_HEIGHT;
      element.scrollTop = Math.min(Math.max(element.scrollTop, top + 2 * head + ROW_HEIGHT - element.clientHeight), top);
    }
  }

  /** @param {any} row */
  function toggle(row) {
    if (!selected || !onSelect) {
      return;
    }
    const next = new Set(selected);
    if (!next.delete(id(row))) {
      next.add(id(row));
    }
    onSelect(next);
  }

  useKeys([
    { key: 'j', what: 'next row', act: () => move(cursor + 1) },
    { key: 'k', what: 'row before', act: () => move(cursor - 1) },
    ...(onOpen ? [{ key: 'Enter', what: 'open the row', act: () => rows[cursor] && onOpen(rows[cursor]) }] : []),
    ...(onSelect ? [{ key: 'x', what: 'select the row', act: () => rows[cursor] && toggle(rows[cursor]) }] : []),
  ]);

  const all = rows.length > 0 && selected && rows.every((row) => selected.has(id(row)));
  return html`<div class="table-box" ref=${box} onScroll=${look} tabindex="0" role="region" aria-label=${label}>
    <table aria-rowcount=${rows.length + 1}>
      <thead><tr>
        ${onSelect && html`<th class="check"><input type="checkbox" aria-label="select all rows" checked=${all}
          onChange=${() => onSelect(all ? new Set() : new Set(rows.map(id)))} /></th>`}
        ${columns.map((column) => html`<${Head} key=${column.key} ...${{ column, sort, onSort }} />`)}
      </tr></thead>
      <tbody>
        ${first > 0 && html`<tr aria-hidden="true" style=${{ height: first * ROW_HEIGHT + 'px' }}></tr>`}
        ${rows.slice(first, last).map((row, i) => html`<${Row} key=${id(row)} row=${row} index=${first + i} columns=${columns}
          name=${id(row)} isCursor=${first + i === cursor} selected=${selected?.has(id(row))}
          onToggle=${onSelect && (() => toggle(row))} onOpen=${onOpen} />`)}
        ${last < rows.length && html`<tr aria-hidden="true" style=${{ height: (rows.length - last) * ROW_HEIGHT + 'px' }}></tr>`}
      </tbody>
    </table>
    ${foot}
  </div>`;
}

/** @param {{ column: Column, sort?: { key: string, down: boolean }, onSort?: (key: string) => void }} props */
function Head({ column, sort, onSort }) {
  const isSorted = sort?.key === column.key;
  const direction = isSorted ? (sort?.down ? 'descending' : 'ascending') : undefined;
  return html`<th scope="col" class=${column.right ? 'right' : ''} style=${{ width: column.width }} aria-sort=${direction}>
    ${column.sortable && onSort
      ? html`<button type="button" class="sort" onClick=${() => onSort(column.key)}
          >${column.label}<span aria-hidden="true">${isSorted ? (sort?.down ? ' ↓' : ' ↑') : ''}</span></button>`
      : column.label}
  </th>`;
}

/**
 * @param {object} props
 * @param {any} props.row
 * @param {number} props.index
 * @param {Column[]} props.columns
 * @param {string} props.name
 * @param {boolean} props.isCursor
 * @param {boolean} [props.selected]
 * @param {() => void} [props.onToggle]
 * @param {(row: any) => void} [props.onOpen]
 */
function Row({ row, index, columns, name, isCursor, selected, onToggle, onOpen }) {
  /** @param {MouseEvent} event */
  function click(event) {
    const isPart = event.target instanceof Element && event.target.closest('a, button, input, summary, time');
    if (onOpen && !isPart && !getSelection()?.toString()) {
      onOpen(row);
    }
  }
  return html`<tr class=${(isCursor ? 'cursor ' : '') + (selected ? 'selected ' : '') + (onOpen ? 'opens' : '')}
      aria-rowindex=${index + 2} aria-selected=${selected} onClick=${click}>
    ${onToggle && html`<td class="check"><input type="checkbox" aria-label=${'select ' + name} checked=${selected}
      onChange=${onToggle} /></td>`}
    ${columns.map((column) => html`<td key=${column.key} class=${column.right ? 'right' : ''}>${column.cell(row)}</td>`)}
  </tr>`;
}
