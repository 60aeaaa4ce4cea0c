package dev.reprise.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.EngineParts;
import dev.reprise.engine.PartitionDriver;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.simulator.disk.SimulatedDisks;
import dev.reprise.simulator.world.SimulationFailure;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is wrong with an engine, some seed shows before long, and says what it is. */
class PlantedFaultsTest {
    private static final int SEEDS_MAX = 300;

    /** The first lines of what a seed says of an engine with a fault. */
    private static String finding(UnaryOperator<EngineParts> planting) {
        for (long seed = 0; seed < SEEDS_MAX; seed++) {
            try {
                SimulationRun.run(seed, line -> {}, SimulatedDisks::new, planting);
            } catch (SimulationFailure e) {
                return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            }
        }
        return "nothing is found in " + SEEDS_MAX + " seeds";
    }

    @Test
    void timeoutsByTheWallClock_attemptsCutByItsJumps() {
        String found =
                finding(parts -> with(parts, parts.store(), new TimeSource.MovedTime(parts.clock()), parts.driver()));
        assertThat(found).contains("the attempt of").containsAnyOf("was cut after", "was asked to suspend after");
    }

    @Test
    void partitionsThatNobodyEnds_changesAreNotInTheStore() {
        String found = finding(parts -> with(parts, parts.store(), parts.clock(), new Unended(parts.driver())));
        assertThat(found).containsAnyOf("is not what its log says", "wait for an answer");
    }

    @Test
    void flushThatDoesNothing_logTrimmedTooFar() {
        String found = finding(parts -> with(parts, new Unflushed(parts.store()), parts.clock(), parts.driver()));
        assertThat(found).contains("after all faults ended");
    }

    private static EngineParts with(EngineParts parts, Store store, InstantSource clock, PartitionDriver driver) {
        return new EngineParts(
                parts.registry(),
                parts.log(),
                store,
                parts.transport(),
                parts.observer(),
                clock,
                parts.random(),
                driver);
    }

    /** Stops calling partitions without letting them come to an end. */
    private record Unended(PartitionDriver driver) implements PartitionDriver {
        @Override
        public Drive drive(int partition, Driven driven) {
            Drive drive = driver.drive(partition, driven);
            return new Drive() {
                @Override
                public void start() {
                    drive.start();
                }

                @Override
                public void wakeUp() {
                    drive.wakeUp();
                }

                @Override
                public void stop() {}
            };
        }

        @Override
        public void flush(Runnable flush) {
            driver.flush(flush);
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    /** Has flushed nothing when it says so. */
    private record Unflushed(Store store) implements Store {
        @Override
        public KeyValueStore partition(int partition) {
            return new Rows(store.partition(partition));
        }

        @Override
        public void close() {
            store.close();
        }

        private record Rows(KeyValueStore rows) implements KeyValueStore {
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
            public long flushEveryBytes() {
                return rows.flushEveryBytes();
            }

            @Override
            public void flush() {}
        }
    }
}
