// Every page, the address it has, and the module that draws it. A module is loaded when its page is first shown; its default
// export is a component, which is given the variable parts of the address as `params`.

/**
 * @typedef {object} Route
 * @property {string} path below the page's folder; a part in braces fits anything
 * @property {string} [nav] its name in the navigation; without one it is not there
 * @property {string} [key] the key that leads to it
 * @property {string} [instead] the path to go to instead
 * @property {() => Promise<{ default: any }>} [load]
 */

/** @type {Route[]} */
export const routes = [
  { path: '', instead: 'overview' },
  { path: 'overview', nav: 'Overview', key: 'o', load: () => import('./pages/overview.js') },
  { path: 'invocations', nav: 'Invocations', key: 'i', load: () => import('./pages/invocations.js') },
  { path: 'invocations/{id}', load: () => import('./pages/invocation.js') },
  { path: 'services', nav: 'Services', key: 'd', load: () => import('./pages/services.js') },
  { path: 'services/{service}', load: () => import('./pages/service.js') },
  { path: 'deployments', instead: 'services' },
  { path: 'deployments/{id}', load: () => import('./pages/deployment.js') },
  { path: 'objects', nav: 'Objects', key: 'b', load: () => import('./pages/objects.js') },
  { path: 'objects/{service}/{key}', load: () => import('./pages/object.js') },
  { path: 'waits', nav: 'Waits', key: 'w', load: () => import('./pages/waits.js') },
  { path: 'engine', nav: 'Engine', key: 'e', load: () => import('./pages/engine.js') },
  { path: 'sql', nav: 'SQL', key: 's', load: () => import('./pages/sql.js') },
];
