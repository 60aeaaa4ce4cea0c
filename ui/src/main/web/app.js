// The page begins here.
import { Shell } from './components/shell.js';
import { html, render } from './core/html.js';
import { startRouter } from './core/router.js';

startRouter();
render(html`<${Shell} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
