// What of the timeline is in sight, and how the pointer moves it.
import { useEffect, useLayoutEffect, useRef, useState } from '../../core/html.js';
import { ROW } from './rows.js';

/** Which rows are in sight, and how wide the chart is. @param {{ current: HTMLDivElement | null }} box @param {number} rows */
export function useSight(box, rows) {
  const [sight, set] = useState({ first: 0, count: 40, width: 600, left: 280 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) {
      return undefined;
    }
    function look() {
      if (!element) {
        return;
      }
      const left = element.querySelector('.tl-corner')?.getBoundingClientRect().width ?? 0;
      const next = { first: Math.floor(element.scrollTop / ROW), count: Math.ceil(element.clientHeight / ROW), width: element.clientWidth - left, left };
      set((old) => (Object.keys(next).every((k) => old[/** @type {keyof typeof next} */ (k)] === next[/** @type {keyof typeof next} */ (k)]) ? old : next));
    }
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [rows > 0]);
  return sight;
}

/**
 * Zooms with the wheel and Ctrl, pans by dragging and sideways.
 * @param {{ current: HTMLDivElement | null }} box
 * @param {{ width: number, left: number }} sight
 * @param {(times: number, around?: number) => void} zoom
 * @param {(share: number) => void} pan
 */
export function usePointer(box, sight, zoom, pan) {
  const latest = useRef({ sight, zoom, pan });
  latest.current = { sight, zoom, pan };
  useEffect(() => {
    const element = box.current;
    if (!element) {
      return undefined;
    }
    const shareOf = (/** @type {MouseEvent} */ event) => (event.clientX - element.getBoundingClientRect().left - latest.current.sight.left) / latest.current.sight.width;
    const wheel = (/** @type {WheelEvent} */ event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        latest.current.zoom(Math.exp(event.deltaY * 0.002), Math.max(0, Math.min(1, shareOf(event))));
      } else if (event.deltaX !== 0) {
        event.preventDefault();
        latest.current.pan(event.deltaX / latest.current.sight.width);
      }
    };
    const down = (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || shareOf(event) < 0 || event.pointerType === 'touch') {
        return;
      }
      let x = event.clientX;
      const drag = (/** @type {PointerEvent} */ to) => {
        latest.current.pan((x - to.clientX) / latest.current.sight.width);
        x = to.clientX;
      };
      const up = () => {
        removeEventListener('pointermove', drag);
        removeEventListener('pointerup', up);
      };
      addEventListener('pointermove', drag);
      addEventListener('pointerup', up);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('pointerdown', down);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('pointerdown', down);
    };
  }, []);
}
