// Calling a handler at the ingress, which has an address of its own and lets pages of any address ask.

/**
 * @typedef {object} Call
 * @property {string} service
 * @property {string} handler
 * @property {string | null} key null for what has none
 * @property {string | null} body null for none
 * @property {string} contentType
 * @property {Record<string, string>} headers
 * @property {string} idempotencyKey
 * @property {string} delay only of what is sent
 */

/** @param {string} ingress @param {Call} call @param {boolean} isSend */
function addressOf(ingress, call, isSend) {
  const parts = [call.service, ...(call.key === null ? [] : [call.key]), call.handler, ...(isSend ? ['send'] : [])];
  const url = ingress.replace(/\/$/, '') + '/' + parts.map(encodeURIComponent).join('/');
  return isSend && call.delay.trim() ? url + '?delay=' + encodeURIComponent(call.delay.trim()) : url;
}

/** @param {Call} call @returns {Record<string, string>} */
function headersOf(call) {
  return {
    ...(call.body === null ? {} : { 'content-type': call.contentType }),
    ...(call.idempotencyKey.trim() ? { 'idempotency-key': call.idempotencyKey.trim() } : {}),
    ...call.headers,
  };
}

/** The command that does the same. @param {string} ingress @param {Call} call @param {boolean} isSend */
export function curl(ingress, call, isSend) {
  const quoted = (/** @type {string} */ text) => "'" + text.replaceAll("'", "'\\''") + "'";
  return ['curl', '-X POST', quoted(addressOf(ingress, call, isSend)), ...Object.entries(headersOf(call)).map(([name, value]) => '-H ' + quoted(name + ': ' + value)),
    ...(call.body === null ? [] : ['--data-raw ' + quoted(call.body)])].join(' ');
}

/** @typedef {{ status: number, ok: boolean, raw: Uint8Array, id: string | null, millis: number }} Answer */

/**
 * @param {string} ingress
 * @param {Call} call
 * @param {boolean} isSend
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function invoke(ingress, call, isSend, signal) {
  const begun = performance.now();
  let response;
  try {
    response = await fetch(addressOf(ingress, call, isSend), { method: 'POST', headers: headersOf(call), body: call.body ?? undefined, signal, credentials: 'omit' });
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    throw new Error(`This browser cannot reach the ingress at ${ingress}. Does it listen there? Another address is told by the setting ingress.advertised-address.`);
  }
  const raw = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, ok: response.ok, raw, id: response.headers.get('x-restate-id') ?? idIn(raw), millis: performance.now() - begun };
}

/** What is sent is answered with its id. @param {Uint8Array} raw */
function idIn(raw) {
  try {
    return JSON.parse(new TextDecoder().decode(raw)).invocationId ?? null;
  } catch {
    return null;
  }
}
