// One service: its handlers, its options, and a place to try it.
import { Dialog } from '../components/dialog.js';
import { Empty, Failed, Shown } from '../components/notice.js';
import { Playground } from '../components/playground.js';
import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { href, setQuery, usePlace } from '../core/router.js';
import { changeOptions, isKeyed, KINDS, OPTIONS, service } from '../model/services.js';

/** @typedef {import('../model/services.js').Service} Described */

/** @param {{ params: Record<string, string> }} props */
export default function ServicePage({ params: { service: name } }) {
  const { query } = usePlace();
  const [edits, edit] = useState(false);
  const found = useLive((signal) => service(name, signal).catch((error) => {
    if (error.status === 404) {
      return /** @type {any} */ ({ missing: true });
    }
    throw error;
  }), [name], { fallback: 0, concerns: () => false });
  return html`<${Shown} of=${found}>${(/** @type {Described & { missing?: boolean }} */ data) => {
    if (data.missing) {
      return html`<${Empty} title="There is no such service"><p class="mono">${name}</p><p><a href=${href(['services'])}>Show those there are</a></p><//>`;
    }
    const handler = data.handlers.find((one) => one.name === query.get('handler')) ?? data.handlers[0];
    return html`<header class="bar"><h1 class="mono">${data.name}</h1><span class="soft">${KINDS[data.ty] ?? data.ty}, revision ${data.revision}, on
        <a class="id" href=${href(['deployments', data.deployment_id])}> ${data.deployment_id}</a></span><span class="grow"></span>
        ${isKeyed(data) && html`<a class="button" href=${href(['objects'], { service: data.name })}>Its ${data.ty === 'Workflow' ? 'runs' : 'objects'}</a>`}
        <a class="button" href=${href(['invocations'], { q: 'service:' + data.name })}>Its invocations</a>
        <button type="button" onClick=${() => edit(true)}>Change options</button></header>
      ${data.documentation && html`<p class="pre">${data.documentation}</p>`}
      <${Options} data=${data} />
      <div class="tabs" role="tablist" aria-label="Handlers">${data.handlers.map((one) => html`<button key=${one.name} type="button" role="tab" id=${'handler-' + one.name}
        aria-selected=${one === handler} aria-controls="handler-panel" onClick=${() => setQuery({ handler: one.name })}><span class="mono">${one.name}</span></button>`)}</div>
      <section id="handler-panel" role="tabpanel" aria-labelledby=${'handler-' + handler.name}>
        <p class="soft">${handler.ty && html`${{ Exclusive: 'One at a time for each key.', Shared: 'Any number at once.', Workflow: 'Runs once for each key.' }[/** @type {string} */ (handler.ty)]} `}
          Takes ${handler.input_description}, gives ${handler.output_description}.${handler.public ? '' : ' It cannot be called from outside.'} ${handler.documentation ?? ''}</p>
        <${Playground} key=${data.name + '/' + handler.name} service=${data} handler=${handler} />
      </section>
      ${edits && html`<${Edit} data=${data} onClose=${() => edit(false)} onDone=${found.refresh} />`}`;
  }}<//>`;
}

/** @param {{ data: Described }} props */
function Options({ data }) {
  const retry = data.retry_policy ?? {};
  /** @type {[string, any][]} */
  const facts = [
    ['Called from outside', data.public ? 'yes' : 'no'],
    ...OPTIONS.filter(([name]) => data[name] !== undefined).map(([name, text]) => /** @type {[string, any]} */ ([text, data[name]])),
    ['Retries', `after ${retry.initial_interval}, times ${retry.exponentiation_factor}, at most ${retry.max_interval}`],
    ['After the last', retry.max_attempts ? `${retry.max_attempts} attempts: ${String(retry.on_max_attempts).toLowerCase()}` : 'there is no last attempt'],
    ['Lazy state', data.enable_lazy_state ? 'yes' : 'no'],
    ...Object.entries(data.metadata ?? {}),
  ];
  return html`<section class="card" aria-label="Options"><dl class="facts">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

/** @param {{ data: Described, onClose: () => void, onDone: () => void }} props */
function Edit({ data, onClose, onDone }) {
  const [values, set] = useState(/** @type {Record<string, any>} */ ({
    public: data.public, ...Object.fromEntries(OPTIONS.filter(([name]) => data[name] !== undefined).map(([name]) => [name, data[name]])),
  }));
  const [failure, fail] = useState(/** @type {any} */ (null));
  /** @param {Event} event */
  async function save(event) {
    event.preventDefault();
    try {
      await changeOptions(data, values);
      onDone();
      onClose();
    } catch (error) {
      fail(error);
    }
  }
  return html`<${Dialog} title=${'Options of ' + data.name} onClose=${onClose}><form onSubmit=${save}><div class="dialog-body">
      <p>They hold for what is invoked from now on, until they are changed again. Durations as <code>1d</code>, <code>90s</code> or <code>PT1H</code>.</p>
      <label class="choice"><input type="checkbox" checked=${values.public} onChange=${() => set({ ...values, public: !values.public })} /> It can be called from outside</label>
      ${OPTIONS.filter(([name]) => name in values).map(([name, text]) => html`<label class="field" key=${name}>${text}
        <input value=${values[name]} onInput=${(/** @type {any} */ e) => set({ ...values, [name]: e.target.value.trim() })} /></label>`)}
      ${failure && html`<${Failed} error=${failure} what="They were not changed" />`}</div>
    <footer><button type="button" onClick=${onClose}>Do nothing</button><button type="submit" class="primary">Change</button></footer></form><//>`;
}
