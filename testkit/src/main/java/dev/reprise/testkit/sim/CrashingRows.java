package dev.reprise.testkit.sim;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A partition's rows, at each commit to which the engine may die. */
record CrashingRows(World world, KeyValueStore rows) implements KeyValueStore {
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
        world.crashPoint("before a commit");
        rows.write(batch);
        world.crashPoint("after a commit");
    }

    @Override
    public void flush() {
        rows.flush();
    }
}
