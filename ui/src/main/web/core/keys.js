// The keyboard. A key means something where it was asked for, and nothing while somebody types.
import { useEffect, useRef } from './html.js';

/** @typedef {{ key: string, what: string, act: (event: KeyboardEvent) => void }} Key */

/** @type {Set<{ keys: Key[] }>} */
const groups = new Set();

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) {
    return;
  }
  for (const group of [...groups].reverse()) {
    const found = group.keys.find((key) => key.key === event.key);
    // A link or a button has its own meaning for these.
    const isButton = event.target instanceof HTMLElement && /^(A|BUTTON|SUMMARY)$/.test(event.target.tagName);
    if (found && !(isButton && (event.key === 'Enter' || event.key === ' '))) {
      event.preventDefault();
      found.act(event);
      return;
    }
  }
});

/** Keys that have a meaning while the component is shown. @param {Key[]} keys */
export function useKeys(keys) {
  const group = useRef({ keys });
  group.current.keys = keys;
  useEffect(() => {
    groups.add(group.current);
    return () => {
      groups.delete(group.current);
    };
  }, []);
}

/** All that have a meaning now. */
export function allKeys() {
  return [...groups].flatMap((group) => group.keys);
}
