/**
 * The engine. Begin at {@link dev.reprise.engine.Engine}; what it does with a record is in {@code partition}.
 */
package dev.reprise.engine;
