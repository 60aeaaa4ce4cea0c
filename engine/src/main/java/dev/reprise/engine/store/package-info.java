/**
 * Stored state as the engine sees it. Begin at {@link dev.reprise.engine.store.KeyValueStore}; {@code store.rocks} keeps
 * it in RocksDB, {@code store.memory} on the heap.
 */
package dev.reprise.engine.store;
