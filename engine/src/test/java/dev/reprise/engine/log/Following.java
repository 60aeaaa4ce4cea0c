package dev.reprise.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A reader that waits for what is expected, with a bound. Used by one thread. */
public final class Following implements AutoCloseable {
    private static final int RECORDS_PER_POLL = 7;
    private static final long PATIENCE_SECONDS = 60;

    private final Semaphore woken = new Semaphore(0);
    private final LogReader reader;

    public Following(Log log, int partition, long afterLsn) {
        reader = log.open(partition, afterLsn, woken::release);
    }

    /** The next {@code count} records, and no more than the last poll brings beyond them. */
    public List<LogRecord> next(int count) {
        List<LogRecord> found = new ArrayList<>();
        while (found.size() < count) {
            List<LogRecord> records = reader.poll(Math.min(RECORDS_PER_POLL, count - found.size()));
            found.addAll(records);
            if (records.isEmpty()) {
                awaitWake();
            }
        }
        return found;
    }

    public List<LogRecord> poll() {
        return reader.poll(RECORDS_PER_POLL);
    }

    public void awaitWake() {
        try {
            assertThat(woken.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the reader is told of records or of a failure")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /** The texts of the next records of a partition behind an LSN, and nothing behind them. */
    public static List<String> texts(Log log, int partition, long afterLsn, int count) {
        try (Following following = new Following(log, partition, afterLsn)) {
            List<String> found = texts(following.next(count));
            assertThat(following.poll()).isEmpty();
            return found;
        }
    }

    public static List<String> texts(List<LogRecord> records) {
        return records.stream().map(record -> record.payload().utf8()).toList();
    }

    public static void append(Log log, int partition, String text) {
        log.append(partition, 42, Bytes.utf8(text), Urgency.NOW);
    }

    /** "record 3", "record 4", … */
    public static List<String> numbered(int fromInclusive, int toExclusive) {
        return IntStream.range(fromInclusive, toExclusive)
                .mapToObj(i -> "record " + i)
                .toList();
    }
}
