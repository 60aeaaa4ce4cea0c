package dev.reprise.testkit.sim;

import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A partition's rows. At each commit the engine may die; and a commit or a flush may fail, after which nobody but the next
 * node knows whether it took effect.
 */
record FaultyRows(World world, KeyValueStore rows) implements KeyValueStore {
    private static final double TOOK_EFFECT = 0.5;

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
        perform(Fault.STORE_FAILURE, "write", () -> rows.write(batch));
        world.crashPoint("after a commit");
    }

    @Override
    public void flush() {
        perform(Fault.FLUSH_FAILURE, "flush", rows::flush);
    }

    private void perform(Fault fault, String what, Runnable call) {
        if (!world.strikes(fault)) {
            call.run();
            return;
        }
        boolean tookEffect = world.dice().chance(TOOK_EFFECT);
        world.trace().add("  the store fails to " + what + (tookEffect ? ", and yet has done so" : ""));
        if (tookEffect) {
            call.run();
        }
        throw new StoreException("the simulated store failed to " + what);
    }
}
