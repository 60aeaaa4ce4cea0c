// When a combinator is decided, and by whom: the notifications of a journal played over its tree, in the order of the journal,
// which is the order that decides.

/** @typedef {import('./awaits.js').Node} Node */

/**
 * @typedef {object} Settled
 * @property {number} index of the journal's entry that decided
 * @property {boolean} ok
 * @property {Node | null} by the child that decided, where one did
 * @property {Node[]} [winners] those that decided together
 */

/**
 * When and by whom a tree was decided.
 * @param {Node} node
 * @param {Map<string, { index: number, ok: boolean }>} results by a leaf's key
 * @returns {Settled | null} null while it is open
 */
export function settled(node, results) {
  if (node.kind === 'leaf') {
    const found = results.get(node.id);
    return found ? { index: found.index, ok: found.ok, by: null } : null;
  }
  const all = node.children.map((child) => ({ child, at: settled(child, results) }));
  const done = all.filter((one) => one.at !== null).sort((a, b) => /** @type {Settled} */ (a.at).index - /** @type {Settled} */ (b.at).index);
  const isAllDone = done.length === all.length;
  /** @param {{ child: Node, at: Settled | null } | undefined} one */
  const decided = (one, ok = Boolean(one?.at?.ok)) => (one?.at ? { index: one.at.index, ok, by: one.child } : null);
  switch (node.kind) {
    case 'race':
    case 'select':
      return decided(done[0]);
    case 'branch':
      return isAllDone ? decided(done.at(-1)) : null;
    case 'first':
      return enough(done, node, true);
    case 'atLeast': {
      const failed = done.filter((one) => !one.at?.ok);
      return enough(done.filter((one) => one.at?.ok), node, true) ?? enough(failed, { ...node, needed: all.length - (node.needed ?? 0) + 1 }, false);
    }
    case 'any':
      return decided(done.find((one) => one.at?.ok)) ?? (isAllDone ? decided(done.at(-1), false) : null);
    case 'all':
      return decided(done.find((one) => !one.at?.ok)) ?? (isAllDone ? decided(done.at(-1)) : null);
    default:
      return isAllDone ? decided(done.at(-1), true) : null;
  }
}

/**
 * Decided once so many have settled.
 * @param {{ child: Node, at: Settled | null }[]} some
 * @param {Node} node
 * @param {boolean} ok
 * @returns {Settled | null}
 */
function enough(some, node, ok) {
  const last = some[(node.needed ?? 0) - 1];
  return last?.at ? { index: last.at.index, ok, by: last.child, winners: some.slice(0, node.needed).map((one) => one.child) } : null;
}
