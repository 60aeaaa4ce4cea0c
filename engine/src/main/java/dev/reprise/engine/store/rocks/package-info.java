/** The partitions' state in RocksDB. Begin at {@link dev.reprise.engine.store.rocks.RocksStore}. */
package dev.reprise.engine.store.rocks;
