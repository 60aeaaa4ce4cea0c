/**
 * One run of a query and what bounds it: its time, its memory, whoever waits for it. Begin at {@link
 * dev.reprise.server.query.execution.QueryContext}.
 */
package dev.reprise.server.query.execution;
