// What a handler awaited: the trees of its awaits, in the words of its code where they are known.

/** @typedef {import('./journal.js').Entry} Entry */
/** @typedef {import('./journal.js').JournalEvent} JournalEvent */

/**
 * @typedef {object} Node
 * @property {'leaf' | 'race' | 'any' | 'all' | 'allSettled' | 'select' | 'atLeast' | 'first' | 'branch'} kind
 * @property {string} id of a leaf: `c3` for a completion, `s17` for a signal by number, `nName` for one by name
 * @property {Node[]} children
 * @property {string} [name] what the handler's code calls it
 * @property {number} [needed] how many of its children decide it, of `atLeast` and `first`
 */

/** @type {Record<string, Node['kind']>} */
const KINDS = {
  FirstCompleted: 'race',
  FirstSucceededOrAllFailed: 'any',
  AllSucceededOrFirstFailed: 'all',
  AllCompleted: 'allSettled',
  Unknown: 'select',
};

/** What a handler's code knows as something else than the protocol. @type {Record<string, Node['kind']>} */
const KIND_ON_THE_WIRE = { atLeast: 'race', first: 'race' };

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
 * A tree as the tables give it, where a group may have a label.
 * @param {any} json
 * @returns {Node}
 */
export function treeOf(json) {
  const { label, ...only } = json ?? {};
  const [kind, value] = Object.entries(only)[0] ?? ['Unknown', []];
  if (kind === 'Single') {
    return { kind: 'leaf', id: keyOf(value), children: [] };
  }
  const children = /** @type {any[]} */ (value).map(treeOf);
  return { kind: KINDS[kind] ?? 'select', id: '', children, ...labelled(label) };
}

/** What the label of a group tells beyond its kind. @param {string | undefined} label @returns {Partial<Node>} */
function labelled(label) {
  const counted = /^(at least|first) (\d+) of \d+$/.exec(label ?? '');
  if (counted) {
    return { kind: counted[1] === 'first' ? 'first' : 'atLeast', needed: Number(counted[2]), name: label };
  } else if (label?.startsWith('branch ')) {
    return { kind: 'branch', name: label };
  }
  return label === 'as completed' ? { kind: 'allSettled', name: label } : { name: label };
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
  if (node.kind === 'branch') {
    return { ...node, children };
  } else if (children.length <= 1) {
    const only = children[0] ?? null;
    return only && node.name && !only.name ? { ...only, name: node.name } : only;
  }
  return { ...node, children };
}

/** Of these kinds a part decides as the whole does, so that a part may be shown by itself. @type {Set<Node['kind']>} */
const DIVIDED = new Set(['race', 'any', 'all', 'allSettled', 'select']);

/**
 * Puts the branches of a scope that has a name, which begin with it, into a node of its own.
 * @param {Node} node
 * @returns {Node}
 */
export function inScopes(node) {
  const children = node.children.map(inScopes);
  /** @type {Node[]} */
  const lanes = [];
  for (const child of children) {
    const [, scope, branch] = (child.kind === 'branch' && DIVIDED.has(node.kind) && /^branch ([^/]+)\/(.+)$/.exec(child.name ?? '')) || [];
    const name = 'scope ' + scope;
    const lane = lanes.find((one) => scope !== undefined && one.name === name);
    if (scope === undefined) {
      lanes.push(child);
    } else if (lane) {
      lane.children.push({ ...child, name: 'branch ' + branch });
    } else {
      lanes.push({ kind: node.kind, id: '', name, children: [{ ...child, name: 'branch ' + branch }] });
    }
  }
  const only = lanes.length === 1 && children.length > 1 && !node.name ? lanes[0] : null;
  return only ?? { ...node, children: lanes };
}

/** What of a tree stays while its branches go on. @param {Node} node @returns {unknown} */
function shapeOf(node) {
  return [node.kind, node.name, node.kind === 'branch' ? [] : node.kind === 'leaf' ? node.id : node.children.map(shapeOf)];
}

/** Adds what the branches of the same tree wait for later. @param {Node} known @param {Node} later */
function join(known, later) {
  if (known.kind !== 'branch') {
    known.children.forEach((child, i) => join(child, later.children[i]));
  } else {
    const seen = new Set(known.children.map((child) => JSON.stringify(shapeOf(child))));
    known.children.push(...later.children.filter((child) => !seen.has(JSON.stringify(shapeOf(child)))));
  }
}

/** @param {Node} node @returns {boolean} */
function hasBranches(node) {
  return node.kind === 'branch' || node.children.some(hasBranches);
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
  /** @param {any} json @param {number} after @param {boolean} isCurrent */
  function add(json, after, isCurrent) {
    const tree = meant(treeOf(json));
    if (!tree) {
      return;
    }
    const key = JSON.stringify(hasBranches(tree) ? shapeOf(tree) : [KIND_ON_THE_WIRE[tree.kind] ?? tree.kind, leavesOf(tree)]);
    const known = found.get(key);
    if (known) {
      known.current ||= isCurrent;
      known.tree.name ??= tree.name;
      if (hasBranches(tree)) {
        join(known.tree, tree);
      }
    } else {
      found.set(key, { tree, after, current: isCurrent });
    }
  }
  for (const { type, after, content } of events) {
    if (type === 'Awaited') {
      add(content.awaited, after, false);
    } else if (type === 'Suspended' && content.awaiting_on) {
      add(content.awaiting_on, after, false);
    }
  }
  if (current) {
    add(JSON.parse(current), last, true);
  }
  return [...found.values()];
}
