/**
 * The dialect of Apache DataFusion, which Restate's CLI speaks, translated for Calcite: syntax, operators, functions,
 * and what bounds them. Begin at {@link dev.reprise.server.query.dialect.DataFusionSyntax} and {@link
 * dev.reprise.server.query.dialect.Operators}.
 */
package dev.reprise.server.query.dialect;
