// Doing something to invocations: always with a question before, and with what came of it after.
import { html, useEffect, useState } from '../core/html.js';
import { count } from '../core/format.js';
import { go, href } from '../core/router.js';
import { actOn, actionsFor, BULK, idsOf, told } from '../model/actions.js';
import { Confirm } from './dialog.js';
import { Menu } from './menu.js';
import { ActionOptions, hasOptions } from './options.js';

/** @typedef {import('../model/actions.js').Action} Action */

/**
 * The actions of one invocation, as buttons.
 * @param {{ id: string, status: string, onDone: () => void }} props
 */
export function InvocationActions({ id, status, onDone }) {
  const [asked, ask] = useState(/** @type {Action | null} */ (null));
  return html`<div class="bar actions">
    ${actionsFor(status).map((action) => html`<button key=${action.name} type="button" class=${action.danger ? 'danger' : ''}
      title=${action.what} onClick=${() => ask(action)}>${action.name}</button>`)}
    ${asked && html`<${Ask} action=${asked} ids=${[id]} onClose=${() => ask(null)} onDone=${onDone} />`}
  </div>`;
}

/**
 * The actions of those that are selected, or of all that match.
 * @param {{ selected: Set<string>, filter: { text: string, statuses: string[] }, onDone: () => void }} props
 */
export function BulkActions({ selected, filter, onDone }) {
  const [asked, ask] = useState(/** @type {{ action: Action, all: boolean } | null} */ (null));
  /** @param {boolean} all */
  const items = (all) => BULK.map((action) => html`<button key=${action.name} type="button" class="item" data-closes
    title=${action.what} onClick=${() => ask({ action, all })}>${action.name}</button>`);
  return html`
    ${selected.size > 0 && html`<${Menu} label=${'With ' + count(selected.size, 'selected row') + ' ▾'} name="selected">${items(false)}<//>`}
    <${Menu} label="With all that match ▾" align="right" name="matching">${items(true)}<//>
    ${asked && html`<${Ask} action=${asked.action} ids=${asked.all ? null : [...selected]} filter=${filter}
      onClose=${() => ask(null)} onDone=${onDone} />`}`;
}

/**
 * @param {object} props
 * @param {Action} props.action
 * @param {string[] | null} props.ids null for all that match
 * @param {{ text: string, statuses: string[] }} [props.filter]
 * @param {() => void} props.onClose
 * @param {() => void} props.onDone
 */
function Ask({ action, ids, filter, onClose, onDone }) {
  const [found, setFound] = useState(ids);
  const [failure, setFailure] = useState('');
  const [options, setOptions] = useState(/** @type {import('./options.js').Options} */ ({}));
  useEffect(() => {
    if (ids === null && filter) {
      idsOf(filter, action).then(setFound, (error) => setFailure(error.message));
    }
  }, []);
  async function act(/** @type {(text: string) => void} */ progress) {
    const all = found ?? [];
    const outcome = await actOn(action, all, (done) => progress(`${done} of ${all.length}`), options);
    onDone();
    if (all.length === 1 && outcome.failed[0]) {
      throw new Error(outcome.failed[0].error);
    } else if (all.length === 1 && outcome.created[0]) {
      go(href(['invocations', outcome.created[0]]));
    }
    return all.length === 1 ? undefined : told(outcome);
  }
  if (found === null) {
    return html`<${Confirm} title=${action.name} act="…" onAct=${async () => {}} onClose=${onClose}>
      <p>${failure || 'Counting what matches …'}</p><//>`;
  }
  const what = found.length === 1 ? 'this invocation' : count(found.length, 'invocation');
  return html`<${Confirm} title=${action.name + ' ' + what + '?'} act=${action.name} danger=${action.danger} onAct=${act} onClose=${onClose}>
    <p>${action.what}</p>
    ${hasOptions(action) && html`<${ActionOptions} action=${action} single=${found.length === 1} value=${options} onValue=${setOptions} />`}
    ${found.length === 1 && html`<p class="id">${found[0]}</p>`}
    ${found.length === 0 && html`<p class="notice">None that match can be treated so.</p>`}
  <//>`;
}
