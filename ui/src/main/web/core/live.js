// What is shown stays true: it is loaded again when the server tells of changes, and now and then where it does not tell. A
// page that nobody sees asks for nothing.
import { eventsUrl } from './api.js';
import { useEffect, useRef, useState } from './html.js';

/** @typedef {'live' | 'polling' | 'lost'} Connection */
/** @typedef {{ changed: string[], more: boolean }} Changes */

/** @type {Set<(changes: Changes) => void>} */
const listeners = new Set();
/** @type {Set<() => void>} */
const watchers = new Set();
/** @type {EventSource | null} */
let source = null;
/** @type {Connection} */
let connection = 'polling';
let page = '';
let isOutdated = false;

/** @param {Connection} next */
function connected(next) {
  if (next !== connection) {
    connection = next;
    watchers.forEach((watcher) => watcher());
  }
}

function open() {
  source = new EventSource(eventsUrl);
  source.addEventListener('hello', (event) => {
    const told = JSON.parse(event.data).page;
    isOutdated = page !== '' && page !== told;
    page ||= told;
    connected('live');
    // What happened while nobody listened is not told.
    tell({ changed: [], more: true });
  });
  source.addEventListener('changes', (event) => tell(JSON.parse(event.data)));
  source.onerror = () => {
    connected(connection === 'lost' ? 'lost' : 'polling');
    if (source?.readyState === EventSource.CLOSED) {
      close();
      setTimeout(settle, 10_000);
    }
  };
}

/** @param {Changes} changes */
function tell(changes) {
  listeners.forEach((listener) => listener(changes));
}

function close() {
  source?.close();
  source = null;
}

/** Listens if there is somebody who wants to know, and somebody who looks. */
function settle() {
  const wanted = listeners.size > 0 && !document.hidden;
  if (wanted && !source) {
    open();
  } else if (!wanted && source) {
    close();
  }
}

/** @param {(changes: Changes) => void} listener */
function listen(listener) {
  listeners.add(listener);
  settle();
  return () => {
    listeners.delete(listener);
    setTimeout(settle);
  };
}

document.addEventListener('visibilitychange', settle);

/** How the page hears of changes. */
export function useConnection() {
  const [, draw] = useState(0);
  useEffect(() => {
    const watcher = () => draw((n) => n + 1);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  }, []);
  return { connection, isOutdated };
}

/** A hundredth of the time may be spent on asking anew; what was not spent is kept, up to a bound. */
const SHARE = 100;
const CREDIT_MAX = 3_000;
const PAUSE_MIN = 500;
const PAUSE_MAX = 60_000;

/**
 * @template T
 * @typedef {object} Loaded
 * @property {T | null} data what was loaded last
 * @property {any} error why the last load failed; what was loaded before is still there
 * @property {boolean} loading
 * @property {() => void} refresh
 */

/**
 * Loads something, and loads it again when it may have changed.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {unknown[]} deps loads anew, and forgets what was loaded, when one of them changes
 * @param {object} [options]
 * @param {number} [options.every] milliseconds after which it is loaded again though nothing was told; 0 for never
 * @param {number} [options.fallback] the same while the server tells nothing
 * @param {(changes: Changes) => boolean} [options.concerns] whether changes are a reason to load again
 * @returns {Loaded<T>}
 */
export function useLive(load, deps, { every = 0, fallback = 5_000, concerns = () => true } = {}) {
  /** @type {[{ data: T | null, error: any, loading: boolean }, Function]} */
  const [state, set] = useState({ data: null, error: null, loading: true });
  const latest = useRef({ load, every, fallback, concerns });
  latest.current = { load, every, fallback, concerns };
  const again = useRef(() => {});
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    let running = false;
    let pending = false;
    let earliest = 0;
    let credit = CREDIT_MAX;
    let counted = performance.now();
    set((/** @type {any} */ old) => ({ ...old, data: null, loading: true }));

    async function run() {
      clearTimeout(timer);
      if (running || document.hidden) {
        pending = true;
        return;
      }
      running = true;
      pending = false;
      const begun = performance.now();
      try {
        const data = await latest.current.load(abort.signal);
        if (abort.signal.aborted) {
          return;
        }
        if (connection === 'lost') {
          connected('polling');
        }
        set({ data, error: null, loading: false });
      } catch (/** @type {any} */ error) {
        if (abort.signal.aborted) {
          return;
        }
        if (error.status === 0) {
          connected('lost');
        }
        set((/** @type {any} */ old) => ({ ...old, error, loading: false }));
      }
      running = false;
      const now = performance.now();
      credit = Math.min(CREDIT_MAX, credit + (now - counted) / SHARE) - (now - begun);
      counted = now;
      earliest = now + Math.min(PAUSE_MAX, Math.max(PAUSE_MIN, -credit * SHARE));
      const wait = latest.current.every || (connection === 'live' ? 0 : latest.current.fallback);
      if (pending) {
        soon();
      } else if (wait) {
        timer = setTimeout(run, Math.max(wait, earliest - now, connection === 'lost' ? 2_000 : 0));
      }
    }

    function soon() {
      pending = true;
      clearTimeout(timer);
      timer = setTimeout(run, Math.max(0, earliest - performance.now()));
    }

    const leave = listen((changes) => changes.more || latest.current.concerns(changes) ? soon() : undefined);
    const shown = () => !document.hidden && run();
    document.addEventListener('visibilitychange', shown);
    again.current = run;
    run();
    return () => {
      abort.abort();
      clearTimeout(timer);
      leave();
      document.removeEventListener('visibilitychange', shown);
    };
  }, deps);
  return { ...state, refresh: () => again.current() };
}
