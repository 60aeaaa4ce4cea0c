package dev.reprise.engine.log;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.numbered;
import static dev.reprise.engine.log.Following.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.protocol.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every log must do. */
public abstract class LogContractTest {
    private static final int PARTITIONS = 3;

    /** An empty log. */
    protected abstract Log open();

    @Test
    void append_toSeveralPartitions_eachIsReadInOrder() {
        try (Log log = open()) {
            numbered(0, 500).forEach(text -> {
                append(log, 0, text);
                append(log, 7, text + " of the other");
            });
            assertThat(texts(log, 0, 0, 500)).isEqualTo(numbered(0, 500));
            assertThat(texts(log, 7, 0, 500)).allMatch(text -> text.endsWith("of the other"));
        }
    }

    @Test
    void record_read_isWhatWasAppended() {
        Bytes payload = Bytes.wrap(new byte[] {0, -1, 7});
        try (Log log = open();
                Following following = new Following(log, 2, 0)) {
            log.append(2, 1234567890123L, payload, Urgency.NOW);
            log.append(2, -5, Bytes.EMPTY, Urgency.NOW);
            List<LogRecord> found = following.next(2);
            assertThat(found.getFirst().payload()).isEqualTo(payload);
            assertThat(found.getFirst().appendTimeMillis()).isEqualTo(1234567890123L);
            assertThat(found.getFirst().lsn()).isPositive();
            assertThat(found.getLast().payload()).isEqualTo(Bytes.EMPTY);
            assertThat(found.getLast().appendTimeMillis()).isEqualTo(-5);
            assertThat(found.getLast().lsn()).isGreaterThan(found.getFirst().lsn());
        }
    }

    @Test
    void record_thatNobodyWaitsFor_becomesDurableSoon() {
        try (Log log = open();
                Following following = new Following(log, 0, 0)) {
            log.append(0, 1, Bytes.utf8("quiet"), Urgency.SOON);
            assertThat(texts(following.next(1))).containsExactly("quiet");
        }
    }

    @Test
    void record_notUrgentThenUrgent_keepsItsPlace() {
        try (Log log = open();
                Following following = new Following(log, 0, 0)) {
            log.append(0, 1, Bytes.utf8("quiet"), Urgency.SOON);
            log.append(0, 1, Bytes.utf8("urgent"), Urgency.NOW);
            assertThat(texts(following.next(2))).containsExactly("quiet", "urgent");
        }
    }

    @Test
    void reader_openedBehindAnLsn_beginsThere() {
        try (Log log = open();
                Following first = new Following(log, 1, 0)) {
            numbered(0, 20).forEach(text -> append(log, 1, text));
            long lsn = first.next(12).getLast().lsn();
            assertThat(texts(log, 1, lsn, 8)).isEqualTo(numbered(12, 20));
        }
    }

    @Test
    void readers_twoOfOnePartition_bothGetEverything() {
        try (Log log = open();
                Following one = new Following(log, 0, 0);
                Following other = new Following(log, 0, 0)) {
            numbered(0, 50).forEach(text -> append(log, 0, text));
            assertThat(texts(one.next(50))).isEqualTo(numbered(0, 50));
            assertThat(texts(other.next(50))).isEqualTo(numbered(0, 50));
        }
    }

    @Test
    void reader_ofAPartitionWithoutRecords_findsNothing() {
        try (Log log = open();
                Following empty = new Following(log, 5, 0)) {
            append(log, 0, "elsewhere");
            assertThat(texts(log, 0, 0, 1)).containsExactly("elsewhere");
            assertThat(empty.poll()).isEmpty();
        }
    }

    @Test
    void reader_behindTheEnd_isRefused() {
        try (Log log = open()) {
            append(log, 0, "only");
            assertThat(texts(log, 0, 0, 1)).hasSize(1);
            assertThatThrownBy(() -> log.open(0, 1_000, () -> {}))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("1000");
        }
    }

    @Test
    void trim_ofOnePartition_leavesTheRest() {
        try (Log log = open();
                Following following = new Following(log, 0, 0)) {
            numbered(0, 30).forEach(text -> {
                append(log, 0, text);
                append(log, 1, text);
            });
            long lsn = following.next(10).getLast().lsn();
            log.trim(0, lsn);
            assertThat(texts(following.next(20))).isEqualTo(numbered(10, 30));
            assertThat(texts(log, 0, lsn, 20)).isEqualTo(numbered(10, 30));
            assertThat(texts(log, 1, 0, 30)).isEqualTo(numbered(0, 30));
        }
    }

    @Test
    void append_fromManyThreads_losesNothingAndKeepsEachThreadsOrder() throws InterruptedException {
        int threads = 8;
        int each = 400;
        try (Log log = open()) {
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                writers.add(Thread.ofPlatform().start(() -> appendSome(log, thread, each)));
            }
            for (Thread writer : writers) {
                assertThat(writer.join(Duration.ofSeconds(60))).isTrue();
            }
            int[] seen = new int[threads];
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int count = each * (int) threadsOf(partition, threads);
                for (String text : texts(log, partition, 0, count)) {
                    String[] words = text.split(" ", -1);
                    int thread = Integer.parseInt(words[0]);
                    assertThat(Integer.parseInt(words[1])).isEqualTo(seen[thread]++);
                }
            }
            assertThat(seen).containsOnly(each);
        }
    }

    private static long threadsOf(int partition, int threads) {
        return IntStream.range(0, threads)
                .filter(thread -> thread % PARTITIONS == partition)
                .count();
    }

    private static void appendSome(Log log, int thread, int count) {
        for (int i = 0; i < count; i++) {
            Urgency urgency = i % 5 == 0 ? Urgency.NOW : Urgency.SOON;
            log.append(thread % PARTITIONS, i, Bytes.utf8(thread + " " + i), urgency);
        }
    }

    @Test
    void log_closed_refusesEverything() {
        Log log = open();
        LogReader reader = log.open(0, 0, () -> {});
        log.close();
        log.close();
        assertThatThrownBy(() -> append(log, 0, "late"))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> log.open(0, 0, () -> {})).isInstanceOf(LogException.class);
        assertThatThrownBy(() -> reader.poll(1)).isInstanceOf(LogException.class);
        reader.close();
    }
}
