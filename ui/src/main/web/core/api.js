// The admin API, from which the page has everything it shows.
import { base } from './router.js';

const root = new URL('../', base);

/** What the server answered instead of what was asked for; `status` is 0 when it did not answer. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @typedef {object} Asked a query that the page has sent
 * @property {string} sql
 * @property {number} at when
 * @property {number} millis how long it took
 * @property {number} rows how many came; -1 when it failed
 */

const ASKED_MAX = 50;
/** The last queries, the newest first. @type {Asked[]} */
export const asked = [];

/**
 * @param {string} method
 * @param {string} path without a slash before it
 * @param {{ body?: unknown, signal?: AbortSignal, accept?: string, bytesMax?: number }} [options]
 */
async function exchange(method, path, { body, signal, accept = 'application/json', bytesMax = Infinity } = {}) {
  let response;
  try {
    response = await fetch(new URL(path, root), {
      method,
      signal,
      headers: body === undefined ? { accept } : { accept, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'The server does not answer.');
  }
  const text = await textOf(response, bytesMax);
  if (!response.ok) {
    throw new ApiError(response.status, messageOf(text) || response.status + ' ' + response.statusText);
  }
  return text;
}

/** @param {Response} response @param {number} bytesMax more than this is not read */
async function textOf(response, bytesMax) {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > bytesMax) {
      reader?.cancel();
      throw new ApiError(-1, `The answer is larger than ${bytesMax >> 20} MiB. Ask for less, as with a LIMIT.`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** @param {string} text */
function messageOf(text) {
  try {
    return String(JSON.parse(text).message ?? text);
  } catch {
    return text;
  }
}

/**
 * Asks for a document.
 * @param {string} path
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function get(path, options) {
  return parse(await exchange('GET', path, options));
}

/**
 * Asks for a text.
 * @param {string} path
 * @param {{ signal?: AbortSignal }} [options]
 */
export function getText(path, options) {
  return exchange('GET', path, { ...options, accept: 'text/plain' });
}

/**
 * Asks for a change.
 * @param {'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path
 * @param {unknown} [body]
 */
export async function send(method, path, body) {
  return parse(await exchange(method, path, { body }));
}

/** @param {string} text */
function parse(text) {
  return text ? JSON.parse(text) : null;
}

/**
 * Asks a query.
 * @template [T=Record<string, any>]
 * @param {string} sql
 * @param {{ signal?: AbortSignal, bytesMax?: number }} [options] a query that is aborted stops on the server, too
 * @returns {Promise<T[]>}
 */
export async function query(sql, { signal, bytesMax } = {}) {
  const at = Date.now();
  const begun = performance.now();
  let rows = -1;
  try {
    const answer = JSON.parse(await exchange('POST', 'query', { body: { query: sql }, signal, bytesMax }));
    rows = answer.rows.length;
    return answer.rows;
  } finally {
    asked.unshift({ sql, at, millis: performance.now() - begun, rows });
    asked.length = Math.min(asked.length, ASKED_MAX);
  }
}

/** A text as a literal of SQL. @param {string} text */
export function literal(text) {
  return "'" + text.replaceAll("'", "''") + "'";
}

/** @typedef {{ version: string, reprise_version: string, ingress_endpoint?: string, features?: Record<string, boolean> }} Version */

/** @type {Promise<Version> | null} */
let known = null;

/** What the server says of itself; asked once. @returns {Promise<Version>} */
export function version() {
  known ??= get('version').catch((error) => {
    known = null;
    throw error;
  });
  return /** @type {Promise<Version>} */ (known);
}

/** The address of the stream of events. */
export const eventsUrl = new URL('internal/events', root);
