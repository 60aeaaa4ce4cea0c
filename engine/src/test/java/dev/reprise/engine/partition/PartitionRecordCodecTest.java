package dev.reprise.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PartitionRecordCodecTest {
    private static final int RECORDS = 20_000;

    private final Random random = new Random(42);
    private final RandomRecords records = new RandomRecords(random);
    private final PartitionTables tables = new PartitionTables(new MemoryStore().partition(0));

    @Test
    void record_encodedAndDecoded_isEqual() {
        for (int i = 0; i < RECORDS; i++) {
            PartitionRecord record = record();
            assertThat(PartitionRecordCodec.decode(PartitionRecordCodec.encode(record)))
                    .isEqualTo(record);
        }
    }

    @Test
    void record_cutShort_isRefused() {
        for (int i = 0; i < 200; i++) {
            byte[] whole = PartitionRecordCodec.encode(record()).toArray();
            for (int length = 0; length < whole.length; length++) {
                Bytes cut = Bytes.wrap(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> PartitionRecordCodec.decode(cut)).isInstanceOf(StoredFormatException.class);
            }
        }
    }

    @Test
    void record_withBytesBehind_isRefused() {
        byte[] whole = PartitionRecordCodec.encode(record()).toArray();
        Bytes longer = Bytes.wrap(Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> PartitionRecordCodec.decode(longer)).isInstanceOf(StoredFormatException.class);
    }

    @Test
    void record_ofAnotherFormat_isRefusedByName() {
        byte[] other = PartitionRecordCodec.encode(record()).toArray();
        other[0] = 9;
        assertThatThrownBy(() -> PartitionRecordCodec.decode(Bytes.wrap(other)))
                .isInstanceOf(StoredFormatException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void messageInAMessage_isRefused() {
        PartitionRecord inner = new PartitionRecord.FromPartition(1, 1, new PartitionRecord.AnnounceLeader(1, 2));
        Bytes nested = PartitionRecordCodec.encode(new PartitionRecord.FromPartition(1, 2, inner));
        assertThatThrownBy(() -> PartitionRecordCodec.decode(nested)).isInstanceOf(StoredFormatException.class);
    }

    @Test
    void damagedBytes_areRefusedOrMeanARecord() {
        for (int i = 0; i < RECORDS; i++) {
            byte[] damaged = PartitionRecordCodec.encode(record()).toArray();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(PartitionRecordCodec.decode(Bytes.wrap(damaged))).isNotNull();
            } catch (StoredFormatException refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    private PartitionRecord record() {
        PartitionRecord record = records.next(random.nextInt(2), tables, 1_000);
        return switch (random.nextInt(10)) {
            case 0 -> new PartitionRecord.FromPartition(random.nextInt(5), random.nextLong(), record);
            case 1 -> new PartitionRecord.EntryAppended(new PartitionRecord.AttemptId(id(), 1, 2), records.raw(), null);
            default -> record;
        };
    }

    private InvocationId id() {
        return new InvocationId(random.nextLong(), random.nextLong(), random.nextLong());
    }
}
