/** The engine. Begin at {@link dev.reprise.engine.Engine}; the package {@code partition} says what a record does. */
package dev.reprise.engine;
