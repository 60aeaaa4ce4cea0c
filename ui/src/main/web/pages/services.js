// What can be called, and where it runs.
import { Confirm } from '../components/dialog.js';
import { Empty, Shown } from '../components/notice.js';
import { Register } from '../components/register.js';
import { Table } from '../components/table.js';
import { Copy, Time } from '../components/text.js';
import { send } from '../core/api.js';
import { count, millis, number } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { go, href } from '../core/router.js';
import { deployments } from '../model/deployments.js';
import { KINDS, services } from '../model/services.js';

const EVERY = 15_000; // nobody tells of registrations
const LIVE = 'scheduled,pending,ready,running,backing-off,suspended,paused';

/** @param {any} n @param {string} q */
const counted = (n, q) => (n === 0 ? html`<span class="faint">0</span>` : html`<a class="number" href=${href(['invocations'], { q, status: LIVE })}>${number(n)}</a>`);

/** @type {import('../components/table.js').Column[]} */
const SERVICES = [
  { key: 'name', label: 'Service', cell: (row) => html`<a class="mono" href=${href(['services', row.name])}>${row.name}</a>` },
  { key: 'ty', label: 'Kind', width: '120px', cell: (row) => KINDS[row.ty] ?? row.ty },
  { key: 'handlers', label: 'Handlers', cell: (row) => html`<span class="mono" title=${namesOf(row)}>${namesOf(row)}</span>` },
  { key: 'live', label: 'Go on', right: true, width: '80px', cell: (row) => counted(row.live, 'service:' + row.name) },
  { key: 'public', label: 'Called from outside', width: '150px', cell: (row) => (row.public ? 'yes' : html`<b>no</b>`) },
  { key: 'revision', label: 'Revision', right: true, width: '90px', cell: (row) => row.revision },
  { key: 'deployment', label: 'Deployment', width: '200px', cell: (row) => html`<a class="id" href=${href(['deployments', row.deployment_id])}>${row.deployment_id}</a>` },
];

/** @param {any} row */
const namesOf = (row) => row.handlers.map((/** @type {any} */ handler) => handler.name).join(', ');

/** @type {import('../components/table.js').Column[]} */
const DEPLOYMENTS = [
  { key: 'id', label: 'Deployment', width: '200px', cell: (row) => html`<a class="id" href=${href(['deployments', row.id])}>${row.id}</a>` },
  { key: 'uri', label: 'Where', cell: (row) => html`<span class="mono" title=${row.uri}>${row.uri}</span>` },
  { key: 'newest', label: 'Newest of', cell: (row) => (row.newest.length ? html`<span title=${row.newest.join(', ')}>${row.newest.join(', ')}</span>` : html`<span class="faint">nothing: newer ones are registered</span>`) },
  { key: 'pinned', label: 'Still on it', right: true, width: '90px', cell: (row) => counted(row.pinned, 'deployment:' + row.id) },
  { key: 'sdk', label: 'SDK', width: '170px', cell: (row) => row.sdk_version ?? '' },
  { key: 'created_at', label: 'Registered', width: '120px', cell: (row) => html`<${Time} at=${millis(row.created_at)} />` },
];

export default function Services() {
  const [asked, ask] = useState(/** @type {'register' | 'prune' | null} */ (null));
  const found = useLive(async (signal) => {
    const [all, places] = await Promise.all([services(signal), deployments(signal)]);
    return { all, places };
  }, [], { every: EVERY });
  useKeys([{ key: 'r', what: 'load again', act: found.refresh }]);
  const drained = (found.data?.places ?? []).filter((/** @type {any} */ one) => one.newest.length === 0 && one.pinned === 0);
  return html`<div class="bar"><h1>Services</h1><span class="grow"></span>
      ${drained.length > 0 && html`<button type="button" title="No service is newest on them, and nothing runs on them any more" onClick=${() => ask('prune')}>Remove ${count(drained.length, 'drained deployment')}</button>`}
      <button type="button" class="primary" onClick=${() => ask('register')}>Register a deployment</button></div>
    <${Shown} of=${found}>${(/** @type {any} */ { all, places }) => (places.length === 0 ? html`<${Nothing} />` : html`
      <section class="part"><${Table} label="Services" columns=${SERVICES} rows=${all} id=${(/** @type {any} */ row) => row.name}
        onOpen=${(/** @type {any} */ row) => go(href(['services', row.name]))} /></section>
      <h2 class="below">Deployments</h2>
      <section class="part"><${Table} label="Deployments" columns=${DEPLOYMENTS} rows=${places} id=${(/** @type {any} */ row) => row.id}
        onOpen=${(/** @type {any} */ row) => go(href(['deployments', row.id]))} /></section>`)}<//>
    ${asked === 'register' && html`<${Register} onClose=${() => ask(null)} onDone=${found.refresh} />`}
    ${asked === 'prune' && html`<${Confirm} title=${`Remove ${count(drained.length, 'drained deployment')}?`} act="Remove" danger onClose=${() => ask(null)}
      onAct=${async () => {
        for (const one of drained) {
          await send('DELETE', `deployments/${one.id}?force=true`);
        }
        found.refresh();
      }}><p>No service is newest on them, and nothing is on them any more.</p><ul>${drained.map((/** @type {any} */ one) => html`<li key=${one.id}><span class="id">${one.id}</span> ${one.uri}</li>`)}</ul><//>`}`;
}

function Nothing() {
  const command = `curl ${new URL('../deployments', document.baseURI)} --json '{"uri":"http://localhost:9080"}'`;
  return html`<${Empty} title="No deployment is registered yet"><p>Start a service, and tell the server where it listens: with the button above, or so:</p>
    <pre class="command">${command}</pre><p><${Copy} text=${command} label="Copy the command" /></p><//>`;
}
