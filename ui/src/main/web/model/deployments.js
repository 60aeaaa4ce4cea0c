// Where handlers run: registered, changed, removed; and what becomes of services by that.
import { get, query, send } from '../core/api.js';

/**
 * @typedef {object} Draft what is said to register a deployment
 * @property {string} uri
 * @property {string} headers a line each
 * @property {boolean} breaking
 * @property {boolean} force
 * @property {boolean} http11
 */

/** @type {Draft} */
export const EMPTY = { uri: '', headers: '', breaking: false, force: false, http11: false };

/** `name: value`, a line each. @param {string} text @returns {Record<string, string>} */
export function headersOf(text) {
  return Object.fromEntries(text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new Error(`Expected each header as "name: value", found "${line}".`);
    }
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }));
}

/** @param {Draft} draft @param {boolean} dryRun */
export function register({ uri, headers, breaking, force, http11 }, dryRun) {
  const additional = headersOf(headers);
  return send('POST', 'deployments', {
    uri: uri.trim(), breaking, force, dry_run: dryRun, use_http_11: http11,
    ...(Object.keys(additional).length ? { additional_headers: additional } : {}),
  });
}

/** The command that does the same. @param {Draft} draft @param {string} admin */
export function commandOf({ uri, headers, breaking, force, http11 }, admin) {
  let additional;
  try {
    additional = headersOf(headers);
  } catch {
    additional = {};
  }
  const body = JSON.stringify({
    uri: uri.trim() || 'http://localhost:9080', ...(breaking ? { breaking } : {}), ...(force ? { force } : {}), ...(http11 ? { use_http_11: true } : {}),
    ...(Object.keys(additional).length ? { additional_headers: additional } : {}),
  });
  return `curl ${admin}deployments --json '${body.replaceAll("'", "'\\''")}'`;
}

/** @typedef {{ name: string, revision: number }} Served */
/** @typedef {Record<string, any> & { id: string, uri: string, services: Served[] }} Deployment */

/**
 * What a registration would change: each service with the revision it has and will have, and the handlers that come and go.
 * @param {any} answer of a dry run
 * @param {any[]} before the services there are
 */
export function changesOf(answer, before) {
  return answer.services.map((/** @type {any} */ after) => {
    const known = before.find((service) => service.name === after.name);
    const names = (/** @type {any} */ service) => (service?.handlers ?? []).map((/** @type {any} */ handler) => handler.name);
    return {
      name: after.name,
      from: known?.revision ?? null,
      to: after.revision,
      added: known ? names(after).filter((/** @type {string} */ name) => !names(known).includes(name)) : [],
      removed: names(known).filter((/** @type {string} */ name) => !names(after).includes(name)),
      type: known && known.ty !== after.ty ? `${known.ty} → ${after.ty}` : null,
    };
  });
}

/** How many are counted as still on a deployment. */
const COUNTED_MAX = 50_000;

/**
 * All deployments, each with what runs on it and which services are newest on it.
 * @param {AbortSignal} signal
 */
export async function deployments(signal) {
  const [{ deployments: all }, { services }, pinned] = await Promise.all([get('deployments', { signal }), get('services', { signal }), pinnedTo(signal)]);
  return all.map((/** @type {Deployment} */ deployment) => ({
    ...deployment,
    newest: services.filter((/** @type {any} */ service) => service.deployment_id === deployment.id).map((/** @type {any} */ service) => service.name),
    pinned: pinned.get(deployment.id) ?? 0,
  }));
}

/** How many that go on are on each deployment. @param {AbortSignal} signal @returns {Promise<Map<string, number>>} */
async function pinnedTo(signal) {
  const rows = await query(`SELECT pinned_deployment_id AS id, COUNT(*) AS n FROM (SELECT pinned_deployment_id FROM sys_invocation
    WHERE status <> 'completed' LIMIT ${COUNTED_MAX}) WHERE pinned_deployment_id IS NOT NULL GROUP BY 1`, { signal });
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
}
