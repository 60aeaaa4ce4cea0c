// A place to try a handler: its input as a form or as it goes over the wire, and the invocation that comes of it.
import { version } from '../core/api.js';
import { duration } from '../core/format.js';
import { html, useEffect, useRef, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { curl, invoke } from '../model/calls.js';
import { headersOf } from '../model/deployments.js';
import { whole } from '../model/journal.js';
import { initial, kindOf, resolve } from '../model/schema.js';
import { isKeyed } from '../model/services.js';
import { statusOf } from '../model/status.js';
import { Failed, Shown } from './notice.js';
import { Payload } from './payload.js';
import { Field } from './schema.js';
import { StatusBadge } from './status.js';
import { Copy, InvocationLink } from './text.js';
import { Timeline } from './timeline/timeline.js';

const NO_INPUT = 'none';

/** @param {{ service: import('../model/services.js').Service, handler: any }} props */
export function Playground({ service, handler }) {
  const schema = handler.input_json_schema ?? null;
  const takesNothing = handler.input_description === NO_INPUT;
  const [value, setValue] = useState(() => (schema ? initial(schema, schema) : undefined));
  const [text, setText] = useState(() => (schema ? JSON.stringify(initial(schema, schema), null, 2) : ''));
  const [asForm, setForm] = useState(schema !== null && kindOf(resolve(schema, schema)) !== 'json');
  const [key, setKey] = useState('');
  const [more, setMore] = useState({ headers: '', contentType: 'application/json', idempotencyKey: '', delay: '' });
  const [ingress, setIngress] = useState(/** @type {string | null} */ (''));
  useEffect(() => {
    version().then((v) => setIngress(v.ingress_endpoint ?? null), () => setIngress(''));
  }, []);
  const calls = useCalls();
  const body = takesNothing ? null : asForm ? JSON.stringify(value) ?? null : text === '' ? null : text;
  const call = () => ({ service: service.name, handler: handler.name, key: isKeyed(service) ? key : null, body, contentType: more.contentType, headers: headersOf(more.headers), idempotencyKey: more.idempotencyKey, delay: more.delay });
  let command = '';
  let fault = '';
  try {
    command = curl(ingress ?? '', call(), false);
  } catch (/** @type {any} */ error) {
    fault = error.message;
  }
  function turn() {
    if (asForm) {
      setText(JSON.stringify(value, null, 2) ?? '');
      setForm(false);
    } else {
      try {
        setValue(JSON.parse(text));
        setForm(true);
      } catch (/** @type {any} */ error) {
        calls.fail(new Error('This is no JSON, so it cannot be shown as a form: ' + error.message));
      }
    }
  }
  const missing = isKeyed(service) && key === '';
  const input = (/** @type {'headers' | 'contentType' | 'idempotencyKey' | 'delay'} */ name) => ({ value: more[name], onInput: (/** @type {any} */ e) => setMore({ ...more, [name]: e.target.value }) });
  return html`<div class="columns playground"><form class="card" aria-label="Call" onSubmit=${(/** @type {Event} */ e) => {
    e.preventDefault();
    calls.start(ingress ?? '', call(), false);
  }}>
      ${isKeyed(service) && html`<label class="field">Key<input required value=${key} onInput=${(/** @type {any} */ e) => setKey(e.target.value)} placeholder="which object" /></label>`}
      ${takesNothing ? html`<p class="faint">It takes no input.</p>` : asForm
        ? html`<${Field} schema=${schema} root=${schema} value=${value} onChange=${setValue} label="input" />`
        : html`<label class="field">Input<textarea rows="8" spellcheck=${false} value=${text} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea></label>`}
      ${schema && html`<button type="button" class="quiet" onClick=${turn}>${asForm ? 'Write it as JSON' : 'Show it as a form'}</button>`}
      <details><summary>Headers, idempotency key, delay</summary>
        <label class="field">Idempotency key<input ...${input('idempotencyKey')} placeholder="order-7" /></label>
        <label class="field">Delay of what is sent<input ...${input('delay')} placeholder="10s, PT1H" /></label>
        <label class="field">Content type<input ...${input('contentType')} /></label>
        <label class="field">Headers, one a line<textarea rows="2" ...${input('headers')} placeholder="x-tenant: 7"></textarea></label></details>
      ${fault && html`<p class="notice tone-bad">${fault}</p>`}
      <div class="bar"><button type="submit" class="primary" disabled=${!ingress || missing || fault !== ''} title="Waits for the result">Call</button>
        <button type="button" disabled=${!ingress || missing || fault !== ''} title="Does not wait for the result" onClick=${() => calls.start(ingress ?? '', call(), true)}>Send</button>
        ${!handler.public && html`<span class="faint">It is not public: the ingress refuses.</span>`}</div>
      ${ingress === null ? html`<p class="notice">This engine has no ingress: it is called by the program that it is part of.</p>`
        : html`<pre class="command">${command}</pre><${Copy} text=${command} label="Copy the command" />`}</form>
    <section class="card" aria-label="Result"><h2>Result</h2><${Outcome} calls=${calls} /></section></div>`;
}

/** One call at a time; another one takes its place. */
function useCalls() {
  const [state, set] = useState(/** @type {{ busy?: boolean, answer?: import('../model/calls.js').Answer, error?: any }} */ ({}));
  const current = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => () => current.current?.abort(), []);
  /** @param {string} ingress @param {import('../model/calls.js').Call} call @param {boolean} isSend */
  async function start(ingress, call, isSend) {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    set({ busy: true });
    try {
      set({ answer: await invoke(ingress, call, isSend, abort.signal) });
    } catch (error) {
      if (!abort.signal.aborted) {
        set({ error });
      }
    }
  }
  return { ...state, start, fail: (/** @type {any} */ error) => set({ error }) };
}

/** @param {{ calls: ReturnType<typeof useCalls> }} props */
function Outcome({ calls: { busy, answer, error } }) {
  if (error) {
    return html`<${Failed} error=${error} what="It could not be called" />`;
  } else if (busy) {
    return html`<p role="status">It runs …</p>`;
  } else if (!answer) {
    return html`<p class="faint">What comes of a call shows up here, with its timeline.</p>`;
  }
  return html`<p role="status"><strong class=${answer.ok ? 'good-text' : 'bad-text'}>${answer.status}</strong> after ${duration(answer.millis)}</p>
    <${Payload} raw=${answer.raw} title="Answer" />${answer.id && html`<${Came} key=${answer.id} id=${answer.id} />`}`;
}

/** @param {{ id: string }} props */
function Came({ id }) {
  const found = useLive((signal) => whole(id, signal), [id], { concerns: ({ changed }) => changed.includes(id) });
  const isOver = found.data?.row?.status === 'completed';
  useLive(async () => isOver || found.refresh(), [id, isOver], { every: isOver ? 0 : 1_000, concerns: () => false });
  return html`<${Shown} of=${found}>${(/** @type {import('../model/journal.js').Whole} */ data) => html`<div class="bar"><${InvocationLink} id=${id} full />
    ${data.row && html`<${StatusBadge} status=${statusOf(/** @type {any} */ (data.row))} />`}</div>
    ${data.row && html`<${Timeline} data=${data} id=${id} />`}`}<//>`;
}
