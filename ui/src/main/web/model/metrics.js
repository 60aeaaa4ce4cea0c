// What the server measures, read again and again, so that it can be plotted: the server keeps no past.
import { getText } from '../core/api.js';

/** @typedef {{ name: string, labels: Record<string, string>, value: number }} Sample */
/** @typedef {{ at: number, samples: Sample[] }} Scrape */

export const KEPT = 300;

/** The text format of Prometheus. @param {string} text @returns {Sample[]} */
export function parse(text) {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!found) {
      return [];
    }
    const labels = Object.fromEntries([...(found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char))]));
    return [{ name: found[1], labels, value: found[3] === '+Inf' ? Infinity : Number(found[3]) }];
  });
}

/** @param {AbortSignal} signal @returns {Promise<Scrape>} */
export async function scrape(signal) {
  return { at: Date.now(), samples: parse(await getText('internal/metrics', { signal })) };
}

/** @param {Scrape} scrape @param {string} name @param {Record<string, string>} [labels] @returns {number | null} the sum of those that have the labels */
export function sum({ samples }, name, labels = {}) {
  const found = samples.filter((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value) && Number.isFinite(sample.value));
  return found.length ? found.reduce((all, sample) => all + sample.value, 0) : null;
}

/** How much a counter grows in a second. @param {Scrape[]} scrapes @param {string} name @param {Record<string, string>} [labels] @returns {(number | null)[]} */
export function rate(scrapes, name, labels) {
  return scrapes.map((scrape, i) => {
    const before = i > 0 ? sum(scrapes[i - 1], name, labels) ?? 0 : null;
    const now = sum(scrape, name, labels) ?? 0;
    // A counter that is less than it was is that of a server started anew.
    return before === null || now < before ? null : (now - before) / Math.max(0.001, (scrape.at - scrapes[i - 1].at) / 1_000);
  });
}

/** @param {Scrape[]} scrapes @param {string} name @param {Record<string, string>} [labels] @param {number} [times] @returns {(number | null)[]} */
export function values(scrapes, name, labels, times = 1) {
  return scrapes.map((scrape) => {
    const found = sum(scrape, name, labels);
    return found === null ? null : found * times;
  });
}

/** @typedef {{ title: string, unit: string, lines: { name: string, tone: string, of: (scrapes: Scrape[]) => (number | null)[] }[] }} PlotOf */

/** @type {PlotOf[]} */
export const PLOTS = [
  { title: 'Commit of the log', unit: 'ms', lines: [
    { name: 'half', tone: 'good', of: (all) => values(all, 'reprise_log_commit_duration_seconds', { quantile: '0.5' }, 1_000) },
    { name: '99 of 100', tone: 'warn', of: (all) => values(all, 'reprise_log_commit_duration_seconds', { quantile: '0.99' }, 1_000) }] },
  { title: 'Invocations that ended', unit: '/s', lines: [
    { name: 'with a result', tone: 'good', of: (all) => rate(all, 'reprise_invocations_ended_total', { result: 'success' }) },
    { name: 'with a failure', tone: 'bad', of: (all) => rate(all, 'reprise_invocations_ended_total', { result: 'failure' }) }] },
  { title: 'Attempts', unit: '', lines: [
    { name: 'running', tone: 'run', of: (all) => values(all, 'reprise_attempts', { state: 'running' }) },
    { name: 'backing off', tone: 'warn', of: (all) => values(all, 'reprise_attempts', { state: 'backing-off' }) },
    { name: 'queued', tone: 'wait', of: (all) => values(all, 'reprise_attempts', { state: 'queued' }) }] },
  { title: 'Requests at the ingress', unit: '/s', lines: [{ name: 'all', tone: 'run', of: (all) => rate(all, 'restate_ingress_requests_total') }] },
  { title: 'Heap', unit: 'MiB', lines: [{ name: 'used', tone: 'run', of: (all) => values(all, 'jvm_memory_used_bytes', { area: 'heap' }, 1 / 1_048_576) }] },
  { title: 'Processor', unit: '%', lines: [
    { name: 'this server', tone: 'run', of: (all) => values(all, 'process_cpu_usage', {}, 100) },
    { name: 'the machine', tone: 'wait', of: (all) => values(all, 'system_cpu_usage', {}, 100) }] },
];
