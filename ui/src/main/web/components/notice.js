// What stands where there is nothing to show: not yet, not at all, or not for a reason.
import { html } from '../core/html.js';

/** @param {{ title: string, children?: any }} props what to do is in the children */
export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children}</div>`;
}

/** @param {{ error: any, retry?: () => void, what?: string }} props */
export function Failed({ error, retry, what = 'This could not be loaded' }) {
  return html`<div class="notice tone-bad" role="alert">
    <strong>${what}.</strong> <span class="pre">${error.message}</span>
    ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
  </div>`;
}

export function Loading() {
  return html`<div class="loading" role="status"><span class="visually-hidden">Loading</span></div>`;
}

/**
 * What was loaded, or why it is not there.
 * @template T
 * @param {{ of: import('../core/live.js').Loaded<T>, children: (data: T) => any, what?: string }} props
 */
export function Shown({ of, children, what }) {
  if (of.data === null) {
    return of.error ? html`<${Failed} error=${of.error} retry=${of.refresh} what=${what} />` : html`<${Loading} />`;
  }
  return html`${of.error && of.error.status !== 0 && html`<${Failed} error=${of.error} retry=${of.refresh} what="This is no longer up to date" />`}
    ${children(of.data)}`;
}
