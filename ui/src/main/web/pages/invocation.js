// One invocation: where it stands, what it did and does, what it was given and gave.
import { InvocationActions } from '../components/actions.js';
import { Data } from '../components/data.js';
import { Facts } from '../components/facts.js';
import { Failures } from '../components/failures.js';
import { Journal } from '../components/journal.js';
import { Empty, Shown } from '../components/notice.js';
import { StatusBadge } from '../components/status.js';
import { Copy } from '../components/text.js';
import { Timeline } from '../components/timeline/timeline.js';
import { Tree } from '../components/tree.js';
import { html } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { href, setQuery, usePlace } from '../core/router.js';
import { whole } from '../model/journal.js';
import { statusOf } from '../model/status.js';

/** While it goes on, nobody tells of its entries. */
const LOOK_EVERY = 1_000;

/** @type {[string, string, (props: any) => any][]} */
const TABS = [
  ['timeline', 'Timeline', Timeline],
  ['journal', 'Journal', Journal],
  ['data', 'Input, output, state', Data],
  ['failures', 'Attempts and failures', Failures],
  ['tree', 'Calls', Tree],
];

/** @param {{ params: Record<string, string> }} props */
export default function Invocation({ params: { id } }) {
  const { query } = usePlace();
  const tab = TABS.find(([name]) => name === query.get('tab')) ?? TABS[0];
  const found = useLive((signal) => whole(id, signal), [id], {
    concerns: ({ changed }) => changed.includes(id),
    every: 0,
  });
  const isOver = !found.data?.row || found.data.row.status === 'completed';
  useLive(async () => isOver || found.refresh(), [id, isOver], { every: isOver ? 0 : LOOK_EVERY, concerns: () => false });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  return html`<${Shown} of=${found}>${(/** @type {import('../model/journal.js').Whole} */ data) => {
    const { row } = data;
    if (!row) {
      return html`<${Empty} title="There is no such invocation">
        <p class="id">${id}</p>
        <p>It may have been forgotten: what has ended is kept for a day, unless its service says otherwise.</p>
        <p><a href=${href(['invocations'])}>Show those there are</a></p><//>`;
    }
    return html`
      <header class="bar">
        <h1 class="mono">${row.target}</h1> <${StatusBadge} status=${statusOf(/** @type {any} */ (row))} />
        <span class="id soft">${id}</span><${Copy} text=${id} label="Copy the id" />
        <span class="grow"></span>
        ${row.status !== 'completed' && html`<a class="button" href=${href(['waits'], { id })}>Who waits for whom</a>`}
        <${InvocationActions} id=${id} status=${row.status} onDone=${found.refresh} />
      </header>
      <${Facts} data=${data} />
      <div class="tabs" role="tablist">${TABS.map(([name, title]) => html`<button key=${name} type="button" role="tab" id=${'tab-' + name}
        aria-selected=${name === tab[0]} aria-controls="tab-panel" onClick=${() => setQuery({ tab: name === TABS[0][0] ? null : name })}>${title}</button>`)}</div>
      <section id="tab-panel" role="tabpanel" aria-labelledby=${'tab-' + tab[0]}><${tab[2]} data=${data} id=${id} /></section>`;
  }}<//>`;
}
