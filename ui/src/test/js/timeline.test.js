// What the timeline makes of a journal. Run by node: node --test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awaitsOf, leavesOf, meant, treeOf } from '../../main/web/model/awaits.js';
import { settled } from '../../main/web/model/settling.js';
import { entry } from '../../main/web/model/entries.js';
import { timelineOf } from '../../main/web/model/frames.js';
import { segmentsOf } from '../../main/web/model/timeline.js';

const START = Date.parse('2026-01-01T00:00:00Z');
const leaf = (/** @type {number} */ n) => ({ Single: { CompletionId: n } });
const cancel = { Single: { SignalIndex: 1 } };

/** A journal from lines such as [100, 'Run', { completion_id: 1, name: 'a' }] and [200, 1, 'Success']. @param {any[][]} lines */
function journal(lines, row = {}, events = []) {
  const entries = lines.map(([at, what, content], index) => entry({
    index,
    appended_at: new Date(START + at).toISOString(),
    raw_length: 0,
    name: content?.name,
    entry_type: typeof what === 'number' ? 'Notification: Run' : 'Command: ' + what,
    entry_lite_json: JSON.stringify(typeof what === 'number'
      ? { Notification: { ty: 'Run', id: { CompletionId: what }, result: content } }
      : { Command: { [what]: content ?? {} } }),
  }));
  return {
    row: { status: 'completed', created_at: new Date(START).toISOString(), running_at: new Date(START).toISOString(), completed_at: new Date(START + 2_000).toISOString(), ...row },
    entries,
    events,
  };
}

const RACE = [
  [0, 'Input'], [10, 'Run', { completion_id: 1, name: 'slow' }], [10, 'Run', { completion_id: 2, name: 'fast' }],
  [10, 'Sleep', { completion_id: 3, wake_up_time: START + 60_010 }],
  [300, 2, 'Success'], [310, 'Run', { completion_id: 4, name: 'note' }], [320, 4, 'Success'], [900, 1, 'Success'], [1_000, 'Output'],
];

const awaited = (/** @type {any} */ tree, after = 3) => ({ type: 'Awaited', at: START + 10, after, content: { awaited: tree } });

/** @param {any} timeline */
function said(timeline) {
  return timeline.rows.map((/** @type {any} */ row) => '  '.repeat(row.depth) + (row.frame ? row.frame.title : row.bar.label)
    + (row.fate && row.fate !== 'part' ? ' ' + row.fate : '') + (row.wasted ? ' ' + row.wasted : '') + (row.bar?.critical ? ' !' : ''));
}

test('a race shows its winner, and what became of the losers', () => {
  const tree = { FirstCompleted: [cancel, { FirstSucceededOrAllFailed: [leaf(1), leaf(2)] }] };
  const timeline = timelineOf(journal(RACE, {}, [awaited(tree)]));
  assert.deepEqual(said(timeline), ['any of 2', '  run(slow) later 600', '  run(fast) winner !', 'timer(1 min)', 'run(note) !']);
  assert.equal(timeline.rows[0].frame.end, START + 300);
  assert.equal(timeline.rows[0].last, 2);
});

test('a time-out around a race is a frame around a frame, and its timer is left', () => {
  const tree = { FirstCompleted: [{ FirstCompleted: [leaf(1), leaf(2)] }, leaf(3)] };
  assert.deepEqual(said(timelineOf(journal(RACE, {}, [awaited(tree)]))), ['or timeout 1 min', '  race of 2 winner', '    run(slow) later 600',
    '    run(fast) winner !', '  timer(1 min) timer', 'run(note) !']);
});

test('the order of the journal decides, not the clock', () => {
  const lines = [[0, 'Input'], [0, 'Run', { completion_id: 1, name: 'a' }], [0, 'Run', { completion_id: 2, name: 'b' }], [500, 1, 'Success'], [400, 2, 'Success'], [600, 'Output']];
  const timeline = timelineOf(journal(lines, {}, [awaited({ FirstCompleted: [leaf(1), leaf(2)] }, 2)]));
  assert.deepEqual(said(timeline), ['race of 2', '  run(a) winner !', '  run(b) later']);
});

test('combinators settle as they are defined', () => {
  const results = new Map([['c1', { index: 5, ok: false }], ['c2', { index: 7, ok: true }]]);
  const of = (/** @type {string} */ kind, ...leaves) => settled(treeOf({ [kind]: leaves.map(leaf) }), results)?.index ?? null;
  assert.equal(of('FirstCompleted', 1, 2), 5);
  assert.equal(of('FirstSucceededOrAllFailed', 1, 2), 7);
  assert.equal(of('FirstSucceededOrAllFailed', 1, 3), null);
  assert.equal(of('AllSucceededOrFirstFailed', 1, 3), 5);
  assert.equal(of('AllSucceededOrFirstFailed', 2, 3), null);
  assert.equal(of('AllCompleted', 1, 2), 7);
  assert.equal(of('AllCompleted', 1, 2, 3), null);
});

test('a quorum is decided by those that make it up', () => {
  const lines = [[0, 'Input'], ...[1, 2, 3].map((n) => [0, 'Run', { completion_id: n, name: 'r' + n }]), [100, 3, 'Success'], [200, 1, 'Failure'], [300, 2, 'Success'], [400, 'Output']];
  const quorum = (/** @type {number} */ k) => [awaited({ label: `at least ${k} of 3`, FirstCompleted: [leaf(1), leaf(2), leaf(3)] })];
  const timeline = timelineOf(journal(lines, {}, quorum(2)));
  assert.deepEqual(said(timeline), ['at least 2 of 3', '  run(r1)', '  run(r2) winner !', '  run(r3) winner']);
  assert.equal(timeline.rows[0].frame.end, START + 300);
  const missed = timelineOf(journal(lines, {}, quorum(3)));
  assert.equal(missed.rows[0].frame.ok, false);
  assert.equal(missed.rows[0].frame.end, START + 200);
});

test('branches are lanes with all that they waited for, one after the other', () => {
  const tree = (/** @type {number} */ flight, /** @type {number} */ hotel) => awaited({ AllSucceededOrFirstFailed: [
    { label: 'branch flight', Unknown: [leaf(flight)] }, { label: 'branch hotel', Unknown: [leaf(hotel)] }] });
  const lines = [[0, 'Input'], [0, 'Run', { completion_id: 1, name: 'seat' }], [0, 'Run', { completion_id: 2, name: 'room' }], [100, 1, 'Success'],
    [100, 'Run', { completion_id: 3, name: 'pay' }], [200, 2, 'Success'], [300, 3, 'Success'], [310, 'Output']];
  const timeline = timelineOf(journal(lines, {}, [tree(1, 2), tree(3, 2)]));
  assert.deepEqual(said(timeline).map((line) => line.replace(' !', '')), ['all of 2', '  branch flight', '    run(seat)', '    run(pay)', '  branch hotel', '    run(room)']);
  assert.equal(timeline.rows[0].frame.end, START + 300);
});

test('a scope that has a name has a lane of its own, with its branches', () => {
  const tree = (/** @type {any[]} */ ...others) => awaited({ AllSucceededOrFirstFailed: [
    { label: 'branch trip/flight', Unknown: [leaf(1)] }, { label: 'branch trip/hotel', Unknown: [leaf(2)] }, ...others] });
  const lines = [[0, 'Input'], [0, 'Run', { completion_id: 1, name: 'seat' }], [0, 'Run', { completion_id: 2, name: 'room' }], [0, 'Run', { completion_id: 3, name: 'card' }],
    [100, 1, 'Success'], [200, 2, 'Success'], [300, 3, 'Success'], [310, 'Output']];
  const lanes = (/** @type {any} */ event) => said(timelineOf(journal(lines, {}, [event]))).map((line) => line.replace(' !', ''));
  assert.deepEqual(lanes(tree()).slice(0, 5), ['scope trip', '  branch flight', '    run(seat)', '  branch hotel', '    run(room)']);
  assert.deepEqual(lanes(tree({ label: 'branch pay', Unknown: [leaf(3)] })),
    ['all of 2', '  scope trip', '    branch flight', '      run(seat)', '    branch hotel', '      run(room)', '  branch pay', '    run(card)']);
});

test('what the SDK adds to an await is not shown', () => {
  const stored = { FirstCompleted: [cancel, { FirstCompleted: [leaf(1), { FirstSucceededOrAllFailed: [leaf(1), { Single: { SignalIndex: 17 } }] }] }] };
  const tree = meant(treeOf(stored));
  assert.equal(tree?.kind, 'any');
  assert.deepEqual(leavesOf(/** @type {any} */ (tree)), ['c1', 's17']);
  assert.equal(meant(treeOf(cancel)), null);
});

test('the await of now is known, and told from those before', () => {
  const awaits = awaitsOf([awaited({ AllCompleted: [leaf(1), leaf(2)] })], JSON.stringify({ AllCompleted: [leaf(3), leaf(4)] }), 9);
  assert.deepEqual(awaits.map((one) => [one.after, one.current]), [[3, false], [9, true]]);
});

test('a call that was cancelled is told from one that finished later', () => {
  const lines = [[0, 'Input'], [0, 'Call', { invocation_id: 'inv_x', invocation_target: 'S/h', invocation_id_completion_id: 1, result_completion_id: 2 }],
    [0, 1, 'InvocationId'], [0, 'Run', { completion_id: 3, name: 'b' }], [100, 3, 'Success'],
    [110, 'SendSignal', { target_invocation_id: 'inv_x', signal_id: { Index: 1 } }], [150, 2, 'Failure'], [200, 'Output']];
  assert.deepEqual(said(timelineOf(journal(lines, {}, [awaited({ FirstCompleted: [leaf(2), leaf(3)] })]))).slice(0, 3),
    ['race of 2', '  call(S/h) cancelled 50', '  run(b) winner !']);
});

test('attempts and suspensions become segments', () => {
  const events = [{ type: 'Suspended', at: START + 50, after: 1, content: {} }, { type: 'TransientError', at: START + 920, after: 7, content: { error_code: 500, error_message: 'no' } }];
  const segments = segmentsOf(/** @type {any} */ (journal(RACE, {}, /** @type {any} */ (events))));
  assert.deepEqual(segments.map((s) => [s.kind, s.from - START, s.to === null ? null : s.to - START]),
    [['runs', 0, 50], ['suspended', 50, 300], ['runs', 300, 920], ['failed', 920, 1_000], ['runs', 1_000, 2_000]]);
});

test('five thousand entries are laid out at once', () => {
  const lines = [[0, 'Input']];
  for (let i = 0; i < 2_500; i++) {
    lines.push([i, 'Run', { completion_id: i + 1, name: 'part ' + i }]);
  }
  for (let i = 0; i < 2_500; i++) {
    lines.push([3_000 + i, 2_500 - i, 'Success']);
  }
  const whole = journal(lines, {}, [awaited({ AllSucceededOrFirstFailed: Array.from({ length: 2_500 }, (_, i) => leaf(i + 1)) })]);
  const begun = performance.now();
  const timeline = timelineOf(whole);
  assert.equal(timeline.rows.length, 2_501);
  assert.ok(performance.now() - begun < 500, `took ${performance.now() - begun} ms`);
});
