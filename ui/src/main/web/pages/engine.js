// How the engine fares: partitions, disk, what it measures, and what is set.
import { Shown } from '../components/notice.js';
import { Plot } from '../components/plot.js';
import { Copy } from '../components/text.js';
import { get, version } from '../core/api.js';
import { bytes, count, duration, number } from '../core/format.js';
import { html, useRef } from '../core/html.js';
import { useLive } from '../core/live.js';
import { KEPT, PLOTS, scrape, sum } from '../model/metrics.js';

/** @typedef {import('../model/metrics.js').Scrape} Scrape */

const EVERY = 2_000;
/** Of so many looks a plot is made that says something. */
const COLLECTED = 5;
const LOOK_EVERY = 5_000;
const PARTITIONS_SHOWN = 64;

export default function Engine() {
  const found = useLive(async (signal) => ({ report: await get('internal/engine', { signal }), version: await version() }), [], { every: LOOK_EVERY, concerns: () => false });
  return html`<h1 class="visually-hidden">Engine</h1>
    <${Shown} of=${found}>${(/** @type {any} */ { report, version }) => html`
      <${Health} report=${report} />
      <${Facts} report=${report} version=${version} />
      <${Plots} />
      <${Partitions} report=${report} />
      ${report.settings && html`<details class="card"><summary><h2>Settings in force</h2></summary><div class="bar"><span class="faint">As <code>--dump-config</code> prints them; secrets are masked.</span><${Copy} text=${report.settings} label="Copy the settings" /></div>
        <pre tabindex="0" class="settings">${report.settings}</pre></details>`}`}<//>`;
}

/** @param {{ report: any }} props */
function Health({ report: { stopped, waiting, refusing } }) {
  const troubles = [...stopped.map((/** @type {string} */ text) => ({ text, what: 'Stopped until the server is started again' })),
    ...waiting.map((/** @type {string} */ text) => ({ text, what: 'Stands still until there is room on the disk' })), ...(refusing ? [{ text: refusing, what: 'Refuses new invocations' }] : [])];
  return troubles.length === 0 ? html`<p class="notice tone-good">All partitions go on, and new invocations are taken.</p>`
    : troubles.map(({ text, what }) => html`<p key=${text} class="notice tone-bad" role="alert"><strong>${what}.</strong> ${text}</p>`);
}

/** @param {{ report: any, version: import('../core/api.js').Version }} props */
function Facts({ report, version }) {
  /** @type {[string, any][]} */
  const facts = [
    ['Version', version.reprise_version], ['Compatible with', 'Restate ' + version.version], ['Java', report.java], ['Processors', report.processors], ['Largest heap', bytes(report.heap_max_bytes)],
    ['Log on the disk', bytes(report.log_bytes)], ['Store on the disk', bytes(report.store_bytes)], ['Free on the disk', bytes(report.free_bytes)],
    ['Data folder', html`<span class="mono">${report.folder}</span>`], ['Ingress', html`<span class="mono">${version.ingress_endpoint ?? 'none'}</span>`],
  ];
  return html`<section class="card" aria-label="Facts"><dl class="facts">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function Plots() {
  const past = useRef(/** @type {Scrape[]} */ ([]));
  const found = useLive(async (signal) => {
    past.current = [...past.current, await scrape(signal)].slice(-KEPT);
    return past.current;
  }, [], { every: EVERY, concerns: () => false });
  return html`<${Shown} of=${found} what="The metrics could not be read">${(/** @type {Scrape[]} */ all) => {
    const at = all.map((one) => one.at);
    const since = sum(all[all.length - 1], 'process_uptime_seconds');
    return html`<p class="faint">${since !== null && `The server runs since ${duration(since * 1_000)}. `}${all.length < COLLECTED ? 'Collecting, a look every two seconds' : 'Plotted since this page was opened'}; <code>/metrics</code> of the node's port has all for Prometheus.</p>
      <div class="plots">${PLOTS.map((plot) => html`<${Plot} key=${plot.title} title=${plot.title} unit=${plot.unit} at=${at}
        lines=${plot.lines.map((line) => ({ name: line.name, tone: line.tone, values: line.of(all) }))} />`)}</div>`;
  }}<//>`;
}

/** @param {{ report: any }} props */
function Partitions({ report: { partitions } }) {
  return html`<section class="card below" aria-label="Partitions"><h2>${count(partitions.length, 'partition')}</h2>
    <div class="table-box lines" tabindex="0" role="region" aria-label="Table of partitions"><table><thead><tr><th scope="col">Partition</th><th scope="col" class="right">Applied up to record</th><th scope="col" class="right">Stored up to</th><th scope="col" class="right">To apply again after a crash</th></tr></thead>
      <tbody>${partitions.slice(0, PARTITIONS_SHOWN).map((/** @type {any} */ one) => html`<tr key=${one.partition}><td>${one.partition}</td>
        <td class="right number">${one.applied_lsn === null ? html`<b class="bad-text">does not answer</b>` : number(one.applied_lsn)}</td><td class="right number">${number(one.stored_lsn)}</td>
        <td class="right number">${one.applied_lsn === null ? '–' : number(one.applied_lsn - one.stored_lsn)}</td></tr>`)}</tbody></table></div></section>`;
}
