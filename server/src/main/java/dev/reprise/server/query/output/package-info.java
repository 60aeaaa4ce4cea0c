/**
 * The answer to a query: columns, and rows as JSON or as an Arrow stream. Begin at {@link
 * dev.reprise.server.query.output.RowWriter}.
 */
package dev.reprise.server.query.output;
