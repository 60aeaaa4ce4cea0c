package dev.reprise.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.simulator.disk.RealDisks;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same simulations with the log in files and the state in RocksDB. */
class RealDisksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void simulation_realDisks_holds(long seed) {
        SimulationRun run = SimulationRun.run(
                seed, line -> {}, (world, partitions, observer) -> new RealDisks(world, folder, partitions, observer));
        assertThat(run.events()).isPositive();
    }
}
