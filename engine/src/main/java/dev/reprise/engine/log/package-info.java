/**
 * The log as the engine sees it. Begin at {@link dev.reprise.engine.log.Log}; {@code log.file} keeps it in files,
 * {@code log.memory} on the heap.
 */
package dev.reprise.engine.log;
