// Where the page is: a path below its folder and a query, both in the address bar, so that every view can be shared.
import { useEffect, useState } from './html.js';

/** The page's folder: `…/ui/`, whatever a proxy puts before it. The server has written how far up it is. */
export const base = new URL(document.baseURI);

/**
 * @typedef {object} Place
 * @property {string} path below the folder, without a slash before it; its parts are still encoded
 * @property {URLSearchParams} query
 */

/** @returns {Place} */
export function place() {
  return {
    path: location.pathname.startsWith(base.pathname) ? location.pathname.slice(base.pathname.length) : '',
    query: new URLSearchParams(location.search),
  };
}

/** @type {Set<() => void>} */
const watchers = new Set();

function moved() {
  watchers.forEach((watcher) => watcher());
}

/** The place the page is at; whoever uses it is drawn again when that changes. */
export function usePlace() {
  const [current, set] = useState(place);
  useEffect(() => {
    const watcher = () => set(place());
    watchers.add(watcher);
    watcher();
    return () => {
      watchers.delete(watcher);
    };
  }, []);
  return current;
}

/**
 * The address of a place, to be put into `href`.
 * @param {string[]} parts of the path
 * @param {Record<string, string | undefined>} [query]
 */
export function href(parts, query = {}) {
  const search = new URLSearchParams();
  Object.entries(query).forEach(([name, value]) => value && search.set(name, value));
  const text = search.toString();
  return base.pathname + parts.map(encodeURIComponent).join('/') + (text && '?' + text);
}

/** @param {string} address as of `href` */
export function go(address, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  moved();
}

/**
 * Changes parts of the query and stays where it is.
 * @param {Record<string, string | null | undefined>} changes null or an empty text takes a part out
 */
export function setQuery(changes, { replace = true } = {}) {
  const { query } = place();
  Object.entries(changes).forEach(([name, value]) => (value ? query.set(name, value) : query.delete(name)));
  const text = query.toString();
  go(location.pathname + (text && '?' + text), { replace });
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!(link instanceof HTMLAnchorElement) || !isPlain || event.defaultPrevented || link.target || link.download) {
    return;
  }
  const to = new URL(link.href);
  if (to.origin === base.origin && to.pathname.startsWith(base.pathname) && !to.hash) {
    event.preventDefault();
    go(to.pathname + to.search);
    document.getElementById('main')?.scrollTo(0, 0);
  }
}

/** Takes clicks on links from the browser. */
export function startRouter() {
  addEventListener('popstate', moved);
  document.addEventListener('click', follow);
}

/**
 * The first of the routes that a path fits.
 * @template {{ path: string }} R
 * @param {R[]} routes a part in braces fits anything
 * @param {string} path
 * @returns {{ route: R, params: Record<string, string> } | null}
 */
export function match(routes, path) {
  const parts = path.replace(/\/$/, '').split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    /** @type {Record<string, string>} */
    const params = {};
    const fits = wanted.length === parts.length && wanted.every((part, i) => {
      if (!part.startsWith('{')) {
        return part === parts[i];
      }
      params[part.slice(1, -1)] = decode(parts[i]);
      return true;
    });
    if (fits) {
      return { route, params };
    }
  }
  return null;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
