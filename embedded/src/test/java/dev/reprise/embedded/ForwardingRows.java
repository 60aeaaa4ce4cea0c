package dev.reprise.embedded;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A partition's rows that are those of another store, but for what a subclass changes. */
abstract class ForwardingRows implements KeyValueStore {
    private final KeyValueStore rows;

    ForwardingRows(KeyValueStore rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
        rows.scan(fromInclusive, toExclusive, visitor);
    }

    @Override
    public void write(WriteBatch batch) {
        rows.write(batch);
    }

    @Override
    public void flush() {
        rows.flush();
    }
}
