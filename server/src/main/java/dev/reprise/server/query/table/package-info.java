/**
 * The tables and how they are read. Begin at {@link dev.reprise.server.query.table.SystemTable}; {@code Sources} read
 * the engine's partitions.
 */
package dev.reprise.server.query.table;
