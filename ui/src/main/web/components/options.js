// What can be said about an action besides whom it is done to.
import { get } from '../core/api.js';
import { html, useEffect, useState } from '../core/html.js';

/** @typedef {{ deployment?: string, from?: number }} Options */

/** Which deployment it goes on with when nothing is said. @type {Record<string, string>} */
const BY_DEFAULT = { resume: 'keep', 'restart-as-new': 'latest' };

/** Whether there is anything to say. @param {import('../model/actions.js').Action} action */
export function hasOptions(action) {
  return action.op in BY_DEFAULT;
}

/**
 * @param {object} props
 * @param {import('../model/actions.js').Action} props.action
 * @param {boolean} props.single
 * @param {Options} props.value
 * @param {(value: Options) => void} props.onValue
 */
export function ActionOptions({ action, single, value, onValue }) {
  const [deployments, setDeployments] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    get('deployments').then((answer) => setDeployments(answer.deployments), () => setDeployments([]));
  }, []);
  return html`<label class="field">On the deployment
      <select value=${value.deployment ?? BY_DEFAULT[action.op]} onChange=${(/** @type {any} */ e) => onValue({ ...value, deployment: e.target.value })}>
        <option value="keep">that it is bound to</option>
        <option value="latest">that is the latest of its service</option>
        ${deployments.map(({ id, uri }) => html`<option key=${id} value=${id}>${id} ${uri}</option>`)}
      </select></label>
    ${single && action.op === 'restart-as-new' && html`<label class="field">With its journal up to entry
      <input type="number" min="0" value=${value.from ?? 0} onInput=${(/** @type {any} */ e) => onValue({ ...value, from: Number(e.target.value) })} /></label>`}`;
}
