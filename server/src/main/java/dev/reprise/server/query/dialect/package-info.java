/**
 * The dialect of Apache DataFusion, which Restate's CLI speaks, in Calcite's words: syntax, operators, functions, and what
 * bounds them. Begin at {@link dev.reprise.server.query.dialect.DataFusionSyntax} and {@link
 * dev.reprise.server.query.dialect.Operators}.
 */
package dev.reprise.server.query.dialect;
