/**
 * From a text to Java code that pulls rows. Begin at {@link dev.reprise.server.query.plan.QueryPlanner}; {@code
 * MeteredRows} puts meters into a plan, and {@code BatchedJoin} looks up what some rows join with.
 */
package dev.reprise.server.query.plan;
