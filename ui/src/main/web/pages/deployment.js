// Where handlers run: what is there, what is still on it, and what can be done about it.
import { Confirm, Dialog } from '../components/dialog.js';
import { Empty, Failed, Shown } from '../components/notice.js';
import { Register } from '../components/register.js';
import { Copy, Time } from '../components/text.js';
import { get, send } from '../core/api.js';
import { millis, number } from '../core/format.js';
import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { go, href } from '../core/router.js';
import { deployments, headersOf } from '../model/deployments.js';

const EVERY = 10_000;
const LIVE = 'scheduled,pending,ready,running,backing-off,suspended,paused';

/** @param {{ params: Record<string, string> }} props */
export default function Deployment({ params: { id } }) {
  const [asked, ask] = useState(/** @type {'edit' | 'remove' | 'again' | null} */ (null));
  const found = useLive(async (signal) => {
    const [all, { services }] = await Promise.all([deployments(signal), get('services', { signal })]);
    return { one: all.find((/** @type {any} */ each) => each.id === id) ?? null, services };
  }, [id], { every: EVERY });
  const close = () => ask(null);
  return html`<${Shown} of=${found}>${(/** @type {any} */ { one, services }) => (one === null
    ? html`<${Empty} title="There is no such deployment"><p class="id">${id}</p><p>It was removed, or never registered.</p><p><a href=${href(['services'])}>Show those there are</a></p><//>`
    : html`<header class="bar"><h1 class="mono">${one.uri}</h1><span class="id soft">${id}</span><${Copy} text=${id} label="Copy the id" /><span class="grow"></span>
        <button type="button" onClick=${() => ask('again')}>Register again</button><button type="button" onClick=${() => ask('edit')}>Change</button>
        <button type="button" class="danger" onClick=${() => ask('remove')}>Remove</button></header>
      <${What} one=${one} />
      <section class="card" aria-label="Services"><h2>Services</h2><ul class="plain">${one.services.map((/** @type {any} */ served) => {
        const newest = services.find((/** @type {any} */ service) => service.name === served.name);
        return html`<li key=${served.name}><a class="mono" href=${href(['services', served.name])}>${served.name}</a> revision ${served.revision}
          ${newest?.deployment_id === id ? html` <span class="faint">the newest</span>` : newest && html` <span class="faint">newer: ${newest.revision} on </span><a class="id" href=${href(['deployments', newest.deployment_id])}>${newest.deployment_id}</a>`}</li>`;
      })}</ul></section>
      ${asked === 'edit' && html`<${Change} one=${one} onClose=${close} onDone=${found.refresh} />`}
      ${asked === 'again' && html`<${Register} uri=${one.uri} onClose=${close} onDone=${found.refresh} />`}
      ${asked === 'remove' && html`<${Remove} one=${one} onClose=${close} />`}`)}<//>`;
}

/** @param {{ one: any }} props */
function What({ one }) {
  const isDrained = one.newest.length === 0 && one.pinned === 0;
  const headers = Object.entries(one.additional_headers ?? {});
  /** @type {[string, any][]} */
  const facts = [
    ['Still on it', html`<a href=${href(['invocations'], { q: 'deployment:' + one.id, status: LIVE })}>${number(one.pinned)} that go on</a>`],
    ['Registered', html`<${Time} at=${millis(one.created_at)} />`],
    ['SDK', one.sdk_version], ['Protocol', `${one.min_protocol_version} to ${one.max_protocol_version}, ${one.protocol_type}`], ['HTTP', one.http_version],
    ['Headers', headers.length > 0 && headers.map(([name, value]) => html`<div key=${name} class="mono">${name}: ${value}</div>`)],
    ...Object.entries(one.metadata ?? {}),
  ];
  return html`<section class="card" aria-label="Facts">
    ${isDrained ? html`<p class="notice tone-good">Drained: nothing is on it, and no service is newest on it. It can be removed.</p>`
      : one.newest.length === 0 && html`<p class="notice tone-warn">It drains: new invocations go elsewhere, and those still on it end here, or are resumed on another deployment.</p>`}
    <dl class="facts">${facts.filter(([, value]) => value).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

/** @param {{ one: any, onClose: () => void }} props */
function Remove({ one, onClose }) {
  return html`<${Confirm} title="Remove this deployment?" act="Remove" danger onClose=${onClose} onAct=${async () => {
    await send('DELETE', `deployments/${one.id}?force=true`);
    go(href(['services']));
  }}>
    <p class="id">${one.id}</p>
    ${one.newest.length > 0 && html`<p class="notice tone-bad">These go back to an older deployment that has them, or cannot be called any more: <span class="mono">${one.newest.join(', ')}</span></p>`}
    ${one.pinned > 0 && html`<p class="notice tone-bad">${number(one.pinned)} are still on it, and fail until they are resumed on another one.</p>`}
    ${one.newest.length === 0 && one.pinned === 0 && html`<p>It is drained.</p>`}<//>`;
}

/** @param {{ one: any, onClose: () => void, onDone: () => void }} props */
function Change({ one, onClose, onDone }) {
  const [uri, setUri] = useState(one.uri);
  const [headers, setHeaders] = useState(Object.entries(one.additional_headers ?? {}).map(([name, value]) => name + ': ' + value).join('\n'));
  const [failure, fail] = useState(/** @type {any} */ (null));
  /** @param {Event} event */
  async function save(event) {
    event.preventDefault();
    try {
      await send('PATCH', 'deployments/' + one.id, { uri, additional_headers: headersOf(headers) });
      onDone();
      onClose();
    } catch (error) {
      fail(error);
    }
  }
  return html`<${Dialog} title="Change the deployment" onClose=${onClose}><form onSubmit=${save}><div class="dialog-body">
      <p>What is on it goes on at the new address, which must have the same services.</p>
      <label class="field">Where it listens<input type="url" required value=${uri} onInput=${(/** @type {any} */ e) => setUri(e.target.value)} /></label>
      <label class="field">Headers to send along, one a line; a value left as it is shown stays<textarea rows="3" value=${headers} onInput=${(/** @type {any} */ e) => setHeaders(e.target.value)}></textarea></label>
      ${failure && html`<${Failed} error=${failure} what="It was not changed" />`}</div>
    <footer><button type="button" onClick=${onClose}>Do nothing</button><button type="submit" class="primary">Change</button></footer></form><//>`;
}
