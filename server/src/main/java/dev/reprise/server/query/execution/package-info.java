/**
 * One run of a query and what limits it: its time, its memory, the client that waits for it. Begin at {@link
 * dev.reprise.server.query.execution.QueryContext}.
 */
package dev.reprise.server.query.execution;
