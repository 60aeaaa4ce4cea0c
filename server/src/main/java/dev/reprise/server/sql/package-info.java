/**
 * SQL over what the engine knows: the tables of Restate's server, asked by its CLI, its UI and by people.
 *
 * <p>Begin at {@link dev.reprise.server.sql.QueryEngine}. {@code QueryPlanner} makes a plan with Apache Calcite,
 * after {@code DataFusionSyntax} has put the text into words Calcite knows; the plan is Java code that pulls rows
 * from {@code SystemTable}s, whose {@code Sources} read the engine's partitions piece by piece and go straight to
 * what an id, a key or a status names. A {@code BatchedJoin} looks up what some rows join with, instead of reading
 * all of a table. A {@code QueryContext} bounds each run: its time, and, by the {@code Meter}s in the plan, what it
 * keeps on the heap. {@code QueryHandler} answers {@code POST /query} with JSON or with an Arrow stream.
 */
package dev.reprise.server.sql;
