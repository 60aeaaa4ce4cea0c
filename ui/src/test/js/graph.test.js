// What the graph of waits tells. Run by node: node --test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockers, deadlocksOf, layout } from '../../main/web/model/graph.js';

const edge = (/** @type {string} */ from, /** @type {string} */ to, required = true) => ({ from, to, what: 'call', object: null, required, since: null, until: null });

/** @param {ReturnType<typeof edge>[]} edges */
function graph(edges) {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  return { nodes: new Map(ids.map((id) => [id, { id, isInvocation: true, label: id, about: '', row: null }])), edges, deadlocks: deadlocksOf(edges), more: false };
}

/** @param {ReturnType<typeof edge>[][]} cycles */
const told = (cycles) => cycles.map((cycle) => cycle.map(({ from }) => from).join(' '));

test('a cycle is a deadlock, and what waits for it is none', () => {
  assert.deepEqual(told(deadlocksOf([edge('x', 'b'), edge('b', 'c'), edge('c', 'a'), edge('a', 'b'), edge('c', 'end')])), ['a b c']);
});

test('one who waits for himself is a deadlock; two apart are two', () => {
  assert.deepEqual(told(deadlocksOf([edge('a', 'a'), edge('b', 'c'), edge('c', 'b')])).sort(), ['a', 'b c']);
});

test('what something else may end is no deadlock', () => {
  assert.deepEqual(deadlocksOf([edge('a', 'b'), edge('b', 'a', false)]), []);
});

test('long chains take no recursion and have no cycle', () => {
  const chain = Array.from({ length: 50_000 }, (_, i) => edge('n' + i, 'n' + (i + 1)));
  assert.deepEqual(deadlocksOf(chain), []);
  assert.equal(deadlocksOf([...chain, edge('n50000', 'n0')]).flat().length, 50_001);
});

test('blockers are counted by all who wait for them, by whatever way', () => {
  assert.deepEqual(blockers(graph([edge('a', 'b'), edge('b', 'c'), edge('d', 'c')])).map(({ node, waiters }) => [node.id, waiters]), [['c', 3], ['b', 1]]);
});

test('everybody has a place of his own, and who waits stands to the left', () => {
  const drawn = graph([edge('a', 'b'), edge('b', 'c'), edge('d', 'c'), edge('x', 'y'), edge('y', 'x')]);
  const places = layout(drawn);
  assert.equal(new Set([...places.values()].map(({ column, row }) => column + '/' + row)).size, 6);
  const column = (/** @type {string} */ id) => places.get(id)?.column ?? NaN;
  assert.ok(column('a') < column('b') && column('b') < column('c') && column('d') < column('c'));
});
