package dev.reprise.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many simulations: first those of fixed seeds, then more for as long as there is time. One that fails prints its seed
 * and the last part of its trace; {@code ./reprise sim --seed N} repeats it.
 */
class SimulationTest {
    private static final int SEEDS_MIN = 50;
    private static final int SEEDS_MAX = 2_000;
    private static final int RUN_TWICE = 10;
    private static final long NANOS_MAX = Duration.ofSeconds(40).toNanos();

    @Test
    @Tag("slow")
    void simulations_fixedSeeds_hold() {
        long start = System.nanoTime();
        for (long seed = 0; seed < SEEDS_MIN || (seed < SEEDS_MAX && System.nanoTime() - start < NANOS_MAX); seed++) {
            SimulationRun run = SimulationRun.run(seed, line -> {});
            assertThat(run.events()).isPositive();
        }
    }

    /** A leader died, and its announcement came late; when it had the next one's epoch, all attempts began anew. */
    @Test
    void simulation_announcementThatComesTwice_cutsNoAttempt() {
        assertThat(SimulationRun.run(1_002_043_382, line -> {}).events()).isPositive();
    }

    @Test
    void simulations_sameSeedTwice_sameTrace() {
        for (long seed = 0; seed < SEEDS_MIN; seed += RUN_TWICE) {
            long first = SimulationRun.run(seed, line -> {}).traceHash();
            assertThat(SimulationRun.run(seed, line -> {}).traceHash())
                    .as("the trace of seed %d, run again", seed)
                    .isEqualTo(first);
        }
    }
}
