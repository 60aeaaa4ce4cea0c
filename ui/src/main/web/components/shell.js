// What surrounds every page: navigation, the state of the connection, the theme, help.
import { version } from '../core/api.js';
import { html, useEffect, useErrorBoundary, useRef, useState } from '../core/html.js';
import { allKeys, useKeys } from '../core/keys.js';
import { useConnection } from '../core/live.js';
import { go, href, match, usePlace } from '../core/router.js';
import { useTheme } from '../core/settings.js';
import { routes } from '../routes.js';
import { Dialog } from './dialog.js';
import { Empty, Failed, Loading } from './notice.js';

const THEMES = { auto: ['◐', 'as the system'], light: ['☀', 'light'], dark: ['☾', 'dark'] };

export function Shell() {
  const { path } = usePlace();
  const [help, setHelp] = useState(false);
  const found = match(routes, path);
  useEffect(() => {
    if (found?.route.instead) {
      go(href([found.route.instead]), { replace: true });
    }
    document.querySelector('.top nav [aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [path]);
  useKeys([
    { key: '?', what: 'this help', act: () => setHelp(true) },
    { key: '/', what: 'search', act: focusSearch },
    ...routes.filter((route) => route.key).map((route) => ({
      key: /** @type {string} */ (route.key),
      what: 'go to ' + route.nav,
      act: () => go(href([route.path])),
    })),
  ]);
  return html`
    <a class="skip" href="#main" onClick=${focusMain}>Skip to the content</a>
    <header class="top">
      <a class="brand" href=${href([])}><span class="mark" aria-hidden="true"></span>Reprise</a>
      <nav aria-label="Pages">${routes.filter((route) => route.nav).map((route) => html`<a key=${route.path} href=${href([route.path])}
        aria-current=${path.split('/')[0] === route.path ? 'page' : undefined}>${route.nav}</a>`)}</nav>
      <div class="top-end"><${Connection} /><${ThemeSwitch} />
        <button type="button" class="quiet" aria-label="Help: keys" title="Keys (?)" onClick=${() => setHelp(true)}>?</button></div>
    </header>
    <main id="main" tabindex="-1">${found ? html`<${Page} key=${found.route.path} route=${found.route} params=${found.params} />`
      : html`<${Empty} title="There is no such page"><p><a href=${href([])}>Begin anew</a></p><//>`}</main>
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}`;
}

/** @param {Event} event */
function focusMain(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function focusSearch() {
  const field = document.querySelector('[data-search]');
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    field.focus();
    field.select();
  }
}

/**
 * Loads the page's module when it is first shown.
 * @param {{ route: import('../routes.js').Route, params: Record<string, string> }} props
 */
function Page({ route, params }) {
  const [page, setPage] = useState(/** @type {any} */ (null));
  const [failed, reset] = useErrorBoundary();
  const load = useRef(route.load);
  function start() {
    load.current?.().then((module) => setPage(() => module.default), (error) => setPage(() => () => html`<${Failed}
      what="A part of this page could not be loaded" error=${error} retry=${() => location.reload()} />`));
  }
  useEffect(start, []);
  useEffect(() => {
    document.title = (Object.values(params).at(-1) ?? route.nav ?? 'Reprise') + ' · Reprise';
  });
  if (failed) {
    return html`<${Failed} error=${failed} retry=${reset} what="This page has a fault" />`;
  }
  return page ? html`<${page} params=${params} />` : html`<${Loading} />`;
}

function Connection() {
  const { connection, isOutdated } = useConnection();
  const [name, setName] = useState('');
  useEffect(() => {
    version().then((v) => setName(v.reprise_version), () => setName(''));
  }, [connection]);
  const texts = {
    live: 'The server tells of changes at once.',
    polling: 'The server is asked now and then.',
    lost: 'The server does not answer. This page tries again by itself.',
  };
  return html`
    ${isOutdated && html`<button type="button" class="primary" onClick=${() => location.reload()}>Reload: the server has a newer page</button>`}
    <span class="connection ${connection}" role="status" title=${texts[connection] + (name && ' Version ' + name + '.')}
      ><span class="dot" aria-hidden="true"></span>${connection === 'lost' ? 'no connection' : connection}</span>`;
}

function ThemeSwitch() {
  const [theme, setTheme] = useTheme();
  const next = theme === 'auto' ? 'light' : theme === 'light' ? 'dark' : 'auto';
  const [sign, name] = THEMES[theme];
  return html`<button type="button" class="quiet" onClick=${() => setTheme(next)} title=${'Theme: ' + name}
    aria-label=${'Theme: ' + name}><span aria-hidden="true">${sign}</span></button>`;
}

/** @param {{ onClose: () => void }} props */
function Help({ onClose }) {
  return html`<${Dialog} title="Keys" onClose=${onClose}>
    <dl class="keys">${allKeys().map(({ key, what }) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
  <//>`;
}
