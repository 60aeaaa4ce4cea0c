package dev.reprise.simulator.disk;

import dev.reprise.engine.store.GatherLimits;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/**
 * A partition's rows. At each commit and after each flush the engine may die. A commit or a flush may fail, and only
 * the next node learns whether it took effect. A read may fail, and a scan after some entry. Changes gather for a
 * longer or shorter time.
 */
record FaultyRows(World world, KeyValueStore rows) implements KeyValueStore {
    private static final double TOOK_EFFECT = 0.5;
    private static final int VISITED_MAX = 3;
    private static final List<Long> FLUSH_EVERY_BYTES = List.of(1L, 300L, 3_000L, 30_000L);
    private static final List<GatherLimits> GATHER_LIMITS = List.of(
            GatherLimits.NONE,
            new GatherLimits(20, 2_000),
            new GatherLimits(200, 20_000),
            new GatherLimits(1 << 15, 8 << 20));

    @Override
    public Optional<Bytes> get(Bytes key) {
        if (world.strikes(Fault.READ_FAILURE)) {
            throw failed("read");
        }
        return rows.get(key);
    }

    @Override
    public void scan(Bytes fromInclusive, Bytes toExclusive, BiPredicate<Bytes, Bytes> visitor) {
        if (!world.strikes(Fault.READ_FAILURE)) {
            rows.scan(fromInclusive, toExclusive, visitor);
            return;
        }
        AtomicInteger left = new AtomicInteger(world.dice().between(0, VISITED_MAX));
        rows.scan(fromInclusive, toExclusive, (key, value) -> left.getAndDecrement() > 0 && visitor.test(key, value));
        throw failed("scan");
    }

    @Override
    public void write(WriteBatch batch) {
        world.crashPoint("before a commit");
        requireRoom();
        perform(Fault.STORE_FAILURE, "write", () -> rows.write(batch));
        world.crashPoint("after a commit");
    }

    @Override
    public long flushEveryBytes() {
        return world.dice().pick(FLUSH_EVERY_BYTES);
    }

    @Override
    public GatherLimits gatherLimits() {
        return world.dice().pick(GATHER_LIMITS);
    }

    private void requireRoom() {
        if (world.strikes(Fault.STORE_FULL)) {
            world.trace().add("  the store has no room");
            throw new StoreException("the simulated store has no room", new IOException("full"), true);
        }
    }

    @Override
    public void flush() {
        requireRoom();
        perform(Fault.FLUSH_FAILURE, "flush", rows::flush);
        world.crashPoint("after a flush");
    }

    private void perform(Fault fault, String what, Runnable call) {
        if (!world.strikes(fault)) {
            call.run();
            return;
        }
        if (world.dice().chance(TOOK_EFFECT)) {
            call.run();
            throw failed(what + ", and yet has done so");
        }
        throw failed(what);
    }

    private StoreException failed(String what) {
        world.trace().add("  the store fails to " + what);
        return new StoreException("the simulated store failed to " + what);
    }
}
