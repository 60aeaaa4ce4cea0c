// Services: what is registered of them, what they do, and how their options are changed.
import { get, query, send } from '../core/api.js';

/** @typedef {Record<string, any> & { name: string, ty: string, handlers: any[], deployment_id: string, revision: number }} Service */

const COUNTED_MAX = 50_000;

/** Services that tell apart objects by a key. @param {{ ty: string }} service */
export function isKeyed(service) {
  return service.ty === 'VirtualObject' || service.ty === 'Workflow';
}

/** @type {Record<string, string>} */
export const KINDS = { Service: 'service', VirtualObject: 'virtual object', Workflow: 'workflow' };

/** All services, each with how many of it go on. @param {AbortSignal} signal @returns {Promise<(Service & { live: number })[]>} */
export async function services(signal) {
  const [{ services: all }, counts] = await Promise.all([get('services', { signal }), query(`SELECT target_service_name AS name, COUNT(*) AS n FROM
    (SELECT target_service_name FROM sys_invocation WHERE status <> 'completed' LIMIT ${COUNTED_MAX}) GROUP BY 1`, { signal })]);
  const by = new Map(counts.map((row) => [row.name, Number(row.n)]));
  return all.map((/** @type {Service} */ service) => ({ ...service, live: by.get(service.name) ?? 0 }));
}

/** @param {string} name @param {AbortSignal} signal @returns {Promise<Service>} */
export function service(name, signal) {
  return get('services/' + encodeURIComponent(name), { signal });
}

/** Options that can be changed, with their names for people. @type {[string, string][]} */
export const OPTIONS = [
  ['idempotency_retention', 'Results of calls with an idempotency key are kept for'],
  ['workflow_completion_retention', 'Results of runs are kept for'],
  ['journal_retention', 'Journals are kept for'],
  ['inactivity_timeout', 'An attempt that is idle is suspended after'],
  ['abort_timeout', 'and is cut off after another'],
];

/** Changes what differs. @param {Service} before @param {Record<string, any>} after */
export function changeOptions(before, after) {
  const changed = Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name] && value !== ''));
  return Object.keys(changed).length ? send('PATCH', 'services/' + encodeURIComponent(before.name), changed) : Promise.resolve(before);
}
