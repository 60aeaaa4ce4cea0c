package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.RandomRecords;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two partitions that talk to each other apply random records. Whoever applies the same log to an empty store, in
 * batches of any size and forgetting the heap at any time, must come to the same bytes and the same actions.
 */
final class ReplayEqualityTest {
    private static final int RECORDS = 1_500;

    private record Logged(long lsn, long timeMillis, PartitionRecord record, List<Action> actions) {}

    /** One partition as it was first written. */
    private static final class Original {
        private final int number;
        private final MemoryStore.Partition store = new MemoryStore().partition(0);
        private final PartitionTables tables = new PartitionTables(store);
        private final PartitionStateMachine machine;
        private final List<Logged> log = new ArrayList<>();
        private final List<PartitionRecord> sent = new ArrayList<>();
        private int arrived;

        private Original(int number) {
            this.number = number;
            this.machine = new PartitionStateMachine(number, new Partitioning(2));
        }

        private void apply(PartitionRecord record) {
            PartitionRecord decoded = PartitionRecordCodec.decode(PartitionRecordCodec.encode(record));
            assertThat(decoded).isEqualTo(record);
            long lsn = log.size() + 1L;
            List<Action> actions = machine.apply(lsn, time(lsn), decoded, tables);
            tables.applied(lsn);
            tables.commit();
            log.add(new Logged(lsn, time(lsn), decoded, actions));
            for (Action action : actions) {
                if (action instanceof Action.SendToPartition send) {
                    sent.add(new PartitionRecord.FromPartition(number, send.sequence(), send.record()));
                }
            }
        }

        private static long time(long lsn) {
            return lsn * 3;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomRecords_appliedAgain_giveEqualBytesAndActions(long seed) {
        Random random = new Random(seed);
        List<Original> partitions = List.of(new Original(0), new Original(1));
        RandomRecords records = new RandomRecords(random);
        for (int i = 0; i < RECORDS; i++) {
            Original partition = partitions.get(random.nextInt(2));
            Original other = partitions.get(1 - partition.number);
            if (random.nextInt(4) == 0) {
                deliver(other, partition, random);
            } else {
                partition.apply(records.next(partition.number, partition.tables, Original.time(partition.log.size())));
            }
            TableChecks.check(partition.store.entries());
        }
        for (Original partition : partitions) {
            assertThat(replay(partition, 1)).isEqualTo(partition.store.entries());
            assertThat(replay(partition, 40)).isEqualTo(partition.store.entries());
            assertThat(replay(partition, RECORDS)).isEqualTo(partition.store.entries());
        }
    }

    /** Messages arrive in order, some of them more than once. */
    private static void deliver(Original from, Original to, Random random) {
        if (!from.sent.isEmpty()) {
            from.arrived = Math.max(0, from.arrived - random.nextInt(3));
            int until = Math.min(from.sent.size(), from.arrived + 1 + random.nextInt(4));
            for (PartitionRecord message : List.copyOf(from.sent.subList(from.arrived, until))) {
                to.apply(message);
            }
            from.arrived = until;
        }
    }

    private static NavigableMap<Bytes, Bytes> replay(Original original, int recordsPerBatchMax) {
        Random random = new Random(original.log.size());
        MemoryStore.Partition store = new MemoryStore().partition(0);
        PartitionStateMachine machine = new PartitionStateMachine(original.number, new Partitioning(2));
        PartitionTables tables = new PartitionTables(store);
        int left = 1 + random.nextInt(recordsPerBatchMax);
        for (Logged logged : original.log) {
            List<Action> actions = machine.apply(logged.lsn(), logged.timeMillis(), logged.record(), tables);
            assertThat(actions).as("LSN %d", logged.lsn()).isEqualTo(logged.actions());
            left--;
            if (left == 0 || logged.lsn() == original.log.size()) {
                tables.applied(logged.lsn());
                tables.commit();
                tables = random.nextBoolean() ? tables : new PartitionTables(store);
                left = 1 + random.nextInt(recordsPerBatchMax);
            }
        }
        return store.entries();
    }
}
