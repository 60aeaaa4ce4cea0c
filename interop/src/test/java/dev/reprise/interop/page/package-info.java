/**
 * The page of our server: its sources checked for types, what it makes of journals, and each screen in a browser. What
 * drives the browser is in {@code src/test/browser}; here are the server and the services it looks at.
 */
package dev.reprise.interop.page;
