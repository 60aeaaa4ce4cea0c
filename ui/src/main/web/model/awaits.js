// What a handler awaited, and who decided it: the trees of its awaits, and the notifications of its journal played over them
// in the order of the journal, which is the order that decides.

/** @typedef {import('./journal.js').Entry} Entry */
/** @typedef {import('./journal.js').JournalEvent} JournalEvent */

/**
 * @typedef {object} Node
 * @property {'leaf' | 'race' | 'any' | 'all' | 'allSettled' | 'select'} kind
 * @property {string} id of a leaf: `c3` for a completion, `s17` for a signal by number, `nName` for one by name
 * @property {Node[]} children
 * @property {string} [name] given by the SDK
 */

/** @type {Record<string, Node['kind']>} */
const KINDS = {
  FirstCompleted: 'race',
  FirstSucceededOrAllFailed: 'any',
  AllSucceededOrFirstFailed: 'all',
  AllCompleted: 'allSettled',
  Unknown: 'select',
};

const CANCEL = 's1';

/** The key of a notification's id, as leaves have it. @param {any} id */
export function keyOf(id) {
  if (id?.CompletionId !== undefined) {
    return 'c' + id.CompletionId;
  } else if (id?.SignalIndex !== undefined) {
    return 's' + id.SignalIndex;
  }
  return id?.SignalName !== undefined ? 'n' + id.SignalName : '';
}

/**
 * A tree as the tables give it.
 * @param {any} json
 * @param {Record<string, string>} [names] by the path of a node, as `0.2`
 * @param {string} [path]
 * @returns {Node}
 */
export function treeOf(json, names = {}, path = '') {
  const [kind, value] = Object.entries(json ?? {})[0] ?? ['Unknown', []];
  const name = names[path];
  if (kind === 'Single') {
    return { kind: 'leaf', id: keyOf(value), children: [], name };
  }
  const children = /** @type {any[]} */ (value).map((child, i) => treeOf(child, names, path ? path + '.' + i : String(i)));
  return { kind: KINDS[kind] ?? 'select', id: '', children, name };
}

/** @param {Node} node @returns {string[]} */
export function leavesOf(node) {
  return node.kind === 'leaf' ? [node.id] : [...new Set(node.children.flatMap(leavesOf))];
}

/**
 * What the handler meant. SDKs wrap that: each await ends when the invocation is cancelled, too, and when anything comes that
 * a function has to be applied to.
 * @param {Node} node
 * @returns {Node | null} null when nothing is left
 */
export function meant(node) {
  if (node.kind === 'leaf') {
    return node.id === CANCEL ? null : node;
  }
  let children = node.children.flatMap((child) => meant(child) ?? []);
  if (node.kind === 'race') {
    // A leaf beside a combinator that has the same leaf is there for the SDK's own sake.
    const inner = new Set(children.filter((child) => child.kind !== 'leaf').flatMap(leavesOf));
    children = children.filter((child) => child.kind !== 'leaf' || !inner.has(child.id));
  }
  if (children.length <= 1) {
    const only = children[0] ?? null;
    return only && node.name && !only.name ? { ...only, name: node.name } : only;
  }
  return { ...node, children };
}

/**
 * @typedef {object} Settled
 * @property {number} index of the journal's entry that decided
 * @property {boolean} ok
 * @property {Node | null} by the child that decided, where one did
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
    case 'any':
      return decided(done.find((one) => one.at?.ok)) ?? (isAllDone ? decided(done.at(-1), false) : null);
    case 'all':
      return decided(done.find((one) => !one.at?.ok)) ?? (isAllDone ? decided(done.at(-1)) : null);
    default:
      return isAllDone ? decided(done.at(-1), true) : null;
  }
}

/**
 * @typedef {object} Await
 * @property {Node} tree
 * @property {number} after the index of the entry behind which it began
 * @property {boolean} current whether the handler waits for it now
 */

/**
 * All that is known to have been awaited, the first first.
 * @param {JournalEvent[]} events
 * @param {string | null | undefined} current the tree that the invocation waits for now
 * @param {number} last the index of the last entry
 * @returns {Await[]}
 */
export function awaitsOf(events, current, last) {
  /** @type {Map<string, Await>} */
  const found = new Map();
  /** @param {any} json @param {number} after @param {boolean} isCurrent @param {any} [names] */
  function add(json, after, isCurrent, names) {
    const tree = meant(treeOf(json, names));
    if (!tree) {
      return;
    }
    const key = JSON.stringify([tree.kind, leavesOf(tree)]);
    const known = found.get(key);
    if (known) {
      known.current ||= isCurrent;
      known.tree.name ??= tree.name;
    } else {
      found.set(key, { tree, after, current: isCurrent });
    }
  }
  for (const { type, after, content } of events) {
    if (type === 'Awaited') {
      add(content.tree, content.after_index ?? after, false, content.names);
    } else if (type === 'Suspended' && content.awaiting_on) {
      add(content.awaiting_on, after, false);
    }
  }
  if (current) {
    add(JSON.parse(current), last, true);
  }
  return [...found.values()];
}
