// What the graph of waits tells: deadlocks, what most others wait for, and where to draw what.

/** @typedef {import('./waits.js').Edge} Edge */
/** @typedef {import('./waits.js').Node} Node */
/** @typedef {import('./waits.js').Graph} Graph */

/**
 * The cycles of what is required: nobody in one of them can go on. Tarjan's components, each walked around once.
 * @param {Edge[]} edges
 * @returns {Edge[][]}
 */
export function deadlocksOf(edges) {
  /** @type {Map<string, Edge[]>} */
  const out = new Map();
  edges.filter((edge) => edge.required).forEach((edge) => out.set(edge.from, [...(out.get(edge.from) ?? []), edge]));
  return components(out).flatMap((members) => {
    const cycle = walk([...members].sort()[0], members, out);
    return cycle ? [cycle] : [];
  });
}

/** The strongly connected components, without recursion. @param {Map<string, Edge[]>} out @returns {Set<string>[]} */
function components(out) {
  /** @type {Map<string, { index: number, low: number, on: boolean }>} */
  const marks = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {Set<string>[]} */
  const found = [];
  for (const root of out.keys()) {
    /** @type {{ id: string, next: number }[]} */
    const work = marks.has(root) ? [] : [{ id: root, next: 0 }];
    while (work.length > 0) {
      const at = work[work.length - 1];
      const mark = marks.get(at.id) ?? { index: marks.size, low: marks.size, on: true };
      if (!marks.has(at.id)) {
        marks.set(at.id, mark);
        stack.push(at.id);
      }
      const edge = out.get(at.id)?.[at.next++];
      if (edge) {
        const seen = marks.get(edge.to);
        if (!seen) {
          work.push({ id: edge.to, next: 0 });
        } else if (seen.on) {
          mark.low = Math.min(mark.low, seen.index);
        }
        continue;
      }
      work.pop();
      const above = work.length > 0 ? marks.get(work[work.length - 1].id) : undefined;
      if (above) {
        above.low = Math.min(above.low, mark.low);
      }
      if (mark.low === mark.index) {
        const members = new Set(stack.splice(stack.lastIndexOf(at.id)));
        members.forEach((id) => Object.assign(marks.get(id) ?? {}, { on: false }));
        found.push(members);
      }
    }
  }
  return found;
}

/** The shortest way from one of them back to it. @param {string} start @param {Set<string>} members @param {Map<string, Edge[]>} out @returns {Edge[] | null} */
function walk(start, members, out) {
  /** @type {Map<string, Edge>} */
  const by = new Map();
  const queue = [start];
  for (const id of queue) {
    for (const edge of out.get(id) ?? []) {
      if (edge.to === start) {
        const cycle = [edge];
        for (let at = id; at !== start; at = cycle[0].from) {
          cycle.unshift(/** @type {Edge} */ (by.get(at)));
        }
        return cycle;
      } else if (members.has(edge.to) && !by.has(edge.to)) {
        by.set(edge.to, edge);
        queue.push(edge.to);
      }
    }
  }
  return null;
}

/** How many wait for each, by whatever way. @param {Graph} graph @returns {{ node: Node, waiters: number, since: number | null }[]} most first */
export function blockers({ nodes, edges }) {
  /** @type {Map<string, Edge[]>} */
  const into = new Map();
  edges.forEach((edge) => into.set(edge.to, [...(into.get(edge.to) ?? []), edge]));
  return [...nodes.values()].filter((node) => into.has(node.id)).map((node) => {
    const seen = new Set([node.id]);
    const queue = [node.id];
    for (const id of queue) {
      new Set((into.get(id) ?? []).map((edge) => edge.from)).forEach((from) => {
        if (seen.has(from)) {
          return;
        }
        seen.add(from);
        queue.push(from);
      });
    }
    const times = (into.get(node.id) ?? []).map((edge) => edge.since ?? Infinity);
    const since = Math.min(...times);
    return { node, waiters: seen.size - 1, since: Number.isFinite(since) ? since : null };
  }).sort((a, b) => b.waiters - a.waiters);
}

/** Those that hang together, those with a deadlock and the larger ones first. @param {Graph} graph @returns {string[][]} */
function islands({ nodes, edges, deadlocks }) {
  /** @type {Map<string, string[]>} */
  const beside = new Map([...nodes.keys()].map((id) => [id, []]));
  edges.forEach(({ from, to }) => {
    beside.get(from)?.push(to);
    beside.get(to)?.push(from);
  });
  const stuck = new Set(deadlocks.flat().map((edge) => edge.from));
  const seen = new Set();
  const found = [...nodes.keys()].flatMap((id) => {
    const queue = seen.has(id) ? [] : [id];
    queue.forEach((each) => seen.add(each));
    for (const each of queue) {
      new Set(beside.get(each)).forEach((next) => {
        if (seen.has(next)) {
          return;
        }
        seen.add(next);
        queue.push(next);
      });
    }
    return queue.length ? [queue] : [];
  });
  const weight = (/** @type {string[]} */ island) => (island.some((id) => stuck.has(id)) ? 1e6 : 0) + island.length;
  return found.sort((a, b) => weight(b) - weight(a));
}

/** Where each node stands: columns from those who wait to what they wait for. @param {Graph} graph @returns {Map<string, { column: number, row: number }>} */
export function layout(graph) {
  /** @type {Map<string, string[]>} */
  const out = new Map();
  graph.edges.forEach((edge) => out.set(edge.from, [...(out.get(edge.from) ?? []), edge.to]));
  /** @type {Map<string, number>} */
  const depth = new Map();
  /** @param {string} id @param {Set<string>} path @returns {number} */
  const deep = (id, path) => {
    const known = depth.get(id);
    if (known !== undefined) {
      return known;
    }
    path.add(id);
    const steps = (out.get(id) ?? []).filter((to) => !path.has(to)).map((to) => deep(to, path) + 1);
    path.delete(id);
    const found = Math.max(0, ...steps);
    depth.set(id, found);
    return found;
  };
  graph.nodes.forEach((node) => deep(node.id, new Set()));
  /** @type {Map<string, { column: number, row: number }>} */
  const places = new Map();
  let top = 0;
  for (const island of islands(graph)) {
    const isStuck = graph.deadlocks.some((cycle) => island.includes(cycle[0].from));
    const first = top;
    const last = Math.max(...island.map((id) => Number(depth.get(id))));
    /** @type {number[]} */
    const next = [];
    // From the right: who waits stands beside what it waits for.
    [...island].sort((a, b) => Number(depth.get(a)) - Number(depth.get(b))).forEach((id) => {
      const column = last - Number(depth.get(id));
      const beside = (out.get(id) ?? []).map((to) => places.get(to)?.row ?? top);
      const row = Math.max(next[column] ?? top, beside.length ? Math.min(...beside) : top);
      next[column] = row + 1;
      places.set(id, { column, row });
    });
    top = Math.max(top, ...next.filter((row) => row !== undefined));
    if (isStuck) { // room for the arrows that go back
      island.forEach((id) => {
        const place = places.get(id) ?? { column: 0, row: first };
        place.row = first + 2 * (place.row - first);
      });
      top = first + 2 * (top - first);
    }
  }
  return places;
}
