package dev.reprise.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.simulator.disk.RealDisks;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same simulations with the log in files and the state in RocksDB. */
class RealDisksTest {
    private static final long FIRST_SEED = 90;
    private static final int SEEDS_MAX = 100;
    private static final int TIMES_FULL = 5;

    @TempDir
    Path folder;

    private SimulationRun run(long seed, Consumer<String> traceSink) {
        return SimulationRun.run(
                seed,
                traceSink,
                (world, partitions, observer) ->
                        new RealDisks(world, folder.resolve("seed-" + seed), partitions, observer));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void simulation_realDisks_holds(long seed) {
        assertThat(run(seed, line -> {}).events()).isPositive();
    }

    /** What the log has no room for it writes later, or has never had when the node dies before. */
    @Test
    void simulation_diskIsFullForAWhile_holds() {
        AtomicInteger timesFull = new AtomicInteger();
        for (long seed = FIRST_SEED; timesFull.get() < TIMES_FULL && seed < FIRST_SEED + SEEDS_MAX; seed++) {
            run(seed, line -> timesFull.addAndGet(line.equals("  the disk is full") ? 1 : 0));
        }
        assertThat(timesFull.get()).isGreaterThanOrEqualTo(TIMES_FULL);
    }
}
