/**
 * Stored state as the engine sees it. Begin at {@link dev.reprise.engine.store.KeyValueStore}; {@code store.rocks}
 * keeps it in RocksDB, {@code store.memory} on the heap. Changes gather in a
 * {@link dev.reprise.engine.store.WriteBatch} for as long as suits the store, and most are undone there.
 */
package dev.reprise.engine.store;
