/**
 * What the web page needs from the server. Its files come from the module {@code ui}, as resources ({@link
 * dev.reprise.server.ui.UiFiles}); {@link dev.reprise.server.ui.UiHandler} serves them beside the admin API, from which
 * the page gets everything that it shows. {@link dev.reprise.server.ui.Changes} hears of invocations from the engine,
 * and {@link dev.reprise.server.ui.EventStream} passes that on to open pages.
 */
package dev.reprise.server.ui;
