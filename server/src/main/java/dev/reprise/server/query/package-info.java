/**
 * SQL about what the engine knows: the tables of Restate's server, queried by its CLI, its UI and by people.
 *
 * <p>The face to the server is {@link dev.reprise.server.query.QueryHandler}, which answers {@code POST /query}, and
 * {@link dev.reprise.server.query.execution.QueryLimits}. Begin at {@link dev.reprise.server.query.QueryEngine}: after
 * {@code dialect.DataFusionSyntax} has translated the text to Calcite's syntax, {@code plan.QueryPlanner} makes a plan
 * with Apache Calcite. The plan is Java code that pulls rows from {@code table.SystemTable}s; their {@code Sources}
 * read the engine's partitions piece by piece, and go straight to what an id, a key or a status names. An {@code
 * execution.QueryContext} limits each run: its time and, with the {@code Meter}s in the plan, what it keeps on the
 * heap.
 */
package dev.reprise.server.query;
