// What the page remembers in this browser: the theme, columns, views.
import { useEffect, useState } from './html.js';

const PREFIX = 'reprise.';

/**
 * @template T
 * @param {string} name
 * @param {T} byDefault
 * @returns {T}
 */
export function recall(name, byDefault) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? byDefault : JSON.parse(text);
  } catch {
    return byDefault; // kept by another version, or nothing may be kept
  }
}

/** @param {string} name @param {unknown} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Nothing may be kept: it holds as long as the page is open.
  }
}

/**
 * A state that outlasts the page.
 * @template T
 * @param {string} name
 * @param {T} byDefault
 * @returns {[T, (value: T) => void]}
 */
export function useSetting(name, byDefault) {
  const [value, set] = useState(() => recall(name, byDefault));
  return [value, (next) => {
    remember(name, next);
    set(next);
  }];
}

/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** @returns {[Theme, (theme: Theme) => void]} */
export function useTheme() {
  const [theme, set] = useSetting('theme', /** @type {Theme} */ ('auto'));
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, set];
}
