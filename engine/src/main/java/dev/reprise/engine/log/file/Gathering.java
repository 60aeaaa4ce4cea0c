package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that wait to be written. Any thread appends; whoever writes takes a batch at a time. {@link WritePhase}
 * says who writes or was asked to, and {@code closed} whether the log still takes records.
 *
 * <p>The idea is group commit with a guest: while one batch is being forced, the next one gathers, so that one force
 * makes everything durable that came meanwhile. The usual scheme has one writer thread, and costs each record two
 * thread switches: to the writer, and back to the partition that waits for its record. Here an idle reader is asked
 * first. It waits for these very records anyway, so it writes them itself and needs neither switch (docs/adr/0014).
 *
 * <pre>
 *   append ──► current ──full──► full batches
 *                 │                  │
 *                 └────────┬─────────┘
 *                          │ take: the writer thread;  takeUrgent: an idle reader
 *                          ▼
 *                  write and force, outside of the lock
 *                   │                │
 *        durable: giveBack     no room: putBack, to the front
 *                   │
 *                   ▼
 *             idle batches, to be filled again
 * </pre>
 *
 * A reader that was asked may be slow to come. So the writer thread looks every {@link #WATCH_NANOS} for as long as
 * there is any activity, and takes what lies for too long. Once a whole look passes without any, it sleeps until it is
 * woken.
 */
final class Gathering {
    private static final Logger logger = LoggerFactory.getLogger(Gathering.class);
    private static final int BATCH_BYTES_MAX = 4 << 20;
    private static final int IDLE_BATCHES_MAX = 2;

    /**
     * How often the writer looks while there is activity: so long it leaves urgent records to the reader that was
     * asked.
     */
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How often to try whether there is room again. */
    private static final long ROOM_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final int batchBytesMax;
    private final long lingerNanos;
    private final long backlogBytesMax;
    private final Readers readers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /* Guarded by the lock. */
    private final Deque<RecordBatch> full = new ArrayDeque<>();
    private final Deque<RecordBatch> idle = new ArrayDeque<>();
    private RecordBatch current = new RecordBatch();
    private long lastLsn;
    private long gatheredSinceNanos;
    private long batchesTaken;
    private WritePhase phase = WritePhase.QUIET;
    /** The writer waits for longer than {@link #WATCH_NANOS}, so that whatever comes first has to wake it. */
    private boolean writerSleeps;

    /** When to try again, while there is no room. */
    private long retryAtNanos;

    /** What was appended and is not durable yet, in bytes. Written under the lock. */
    private final AtomicLong gatheredBytes = new AtomicLong();

    private volatile @Nullable String stall;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    Gathering(long lastLsn, FileLogOptions options, Readers readers) {
        this.lastLsn = lastLsn;
        this.batchBytesMax = Math.min(BATCH_BYTES_MAX, options.segmentBytes() / 2);
        this.lingerNanos = options.linger().toNanos();
        this.backlogBytesMax = options.backlogBytesMax();
        this.readers = readers;
    }

    void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        FileLogReader reader = null;
        lock.lock();
        try {
            requireUsable();
            boolean first = isEmpty();
            boolean filledBatch = gather(partition, appendTimeMillis, payload);
            if (filledBatch || urgency == Urgency.NOW) {
                reader = press(partition);
            }
            if (writerSleeps && (first || phase.isUrgent())) {
                writerSleeps = false;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        if (reader != null) {
            Readers.wake(reader);
        }
    }

    /** Adds a record; answers whether the batch before it is full, which makes it urgent. */
    private boolean gather(int partition, long appendTimeMillis, Bytes payload) {
        boolean filledBatch = false;
        if (isEmpty()) {
            gatheredSinceNanos = System.nanoTime();
        } else if (!current.isEmpty() && current.bytes() + RecordFrame.sizeOf(payload.size()) > batchBytesMax) {
            full.addLast(current);
            current = emptyBatch();
            filledBatch = true;
        }
        current.add(partition, new LogRecord(lastLsn + 1, appendTimeMillis, payload));
        lastLsn++;
        gatheredBytes.addAndGet(RecordFrame.sizeOf(payload.size()));
        return filledBatch;
    }

    private boolean isEmpty() {
        return full.isEmpty() && current.isEmpty();
    }

    private RecordBatch emptyBatch() {
        return idle.isEmpty() ? new RecordBatch() : idle.removeFirst();
    }

    /**
     * Has urgent records written. Answers the idle reader to wake; null if there is none, or if nobody needs to be
     * woken.
     */
    private @Nullable FileLogReader press(int partition) {
        FileLogReader reader = null;
        if (phase == WritePhase.QUIET) {
            reader = readers.idleOf(partition);
            if (reader == null) {
                askWriter();
            } else {
                phase = phase.to(WritePhase.READER_ASKED);
            }
        } else if (phase == WritePhase.WRITING) {
            phase = phase.to(WritePhase.WRITING_URGENT);
        }
        return reader;
    }

    private void askWriter() {
        phase = phase.to(WritePhase.WRITER_ASKED);
        work.signal();
    }

    /**
     * The next batch for the writer thread, which waits for it; empty when the log has failed, or is closed and
     * everything was taken. Whoever takes a batch {@link #giveBack gives it back} once it is written.
     */
    Optional<RecordBatch> take() throws InterruptedException {
        lock.lock();
        try {
            awaitTurn();
            return phase == WritePhase.FAILED || isEmpty() ? Optional.empty() : Optional.of(begin());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch for a thread that would otherwise wait, if it is urgent and nobody writes. It gets the batch even
     * if the writer thread was asked, because that one takes longer to wake up. Does not wait.
     */
    Optional<RecordBatch> takeUrgent() {
        lock.lock();
        try {
            boolean mine = phase == WritePhase.READER_ASKED || phase == WritePhase.WRITER_ASKED;
            return mine && !closed ? Optional.of(begin()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private RecordBatch begin() {
        batchesTaken++;
        RecordBatch batch = full.pollFirst();
        if (batch == null) {
            batch = current;
            current = emptyBatch();
        }
        boolean moreIsUrgent = phase.isUrgent() && !isEmpty();
        phase = phase.to(moreIsUrgent ? WritePhase.WRITING_URGENT : WritePhase.WRITING);
        return batch;
    }

    /** Waits until the writer thread has to take a batch, or has nothing left to do. */
    private void awaitTurn() throws InterruptedException {
        boolean quiet = false;
        while (!isWritersTurn()) {
            long waitNanos = nanosToWriter(quiet);
            if (waitNanos <= 0) {
                return;
            }
            long before = batchesTaken;
            writerSleeps = waitNanos > WATCH_NANOS && phase != WritePhase.NO_ROOM;
            long leftNanos = work.awaitNanos(waitNanos);
            writerSleeps = false;
            quiet = leftNanos <= 0 && phase == WritePhase.QUIET && isEmpty() && batchesTaken == before;
        }
    }

    private boolean isWritersTurn() {
        return switch (phase) {
            case WRITER_ASKED, FAILED -> true;
            case QUIET, READER_ASKED, NO_ROOM -> closed;
            case WRITING, WRITING_URGENT -> false;
        };
    }

    /** How long the writer thread waits before it takes a batch, or looks again. */
    private long nanosToWriter(boolean quiet) {
        if (phase == WritePhase.NO_ROOM) {
            return retryAtNanos - System.nanoTime();
        }
        if (phase.isWriting() || isEmpty()) {
            return quiet ? Long.MAX_VALUE : WATCH_NANOS;
        }
        long limitNanos = phase.isUrgent() ? Math.min(lingerNanos, WATCH_NANOS) : lingerNanos;
        return limitNanos - (System.nanoTime() - gatheredSinceNanos);
    }

    /**
     * Puts back a batch that found no room: the writer thread tries it again from time to time, and nothing is written
     * before it.
     *
     * @throws IOException the cause, when the log is closing and cannot wait
     */
    void putBack(RecordBatch batch, IOException cause) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw cause;
            }
            if (stall == null) {
                logger.error("the log waits for room on its disk; what it was given is kept until then", cause);
            }
            stall = "the log waits for room on its disk: " + cause.getMessage();
            retryAtNanos = System.nanoTime() + ROOM_RETRY_NANOS;
            full.addFirst(batch);
            if (phase != WritePhase.FAILED) {
                phase = phase.to(WritePhase.NO_ROOM);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why gathered records cannot be written at present; empty if they can. */
    Optional<String> stall() {
        return Optional.ofNullable(stall);
    }

    /**
     * Why nobody should append what might as well be refused: the disk does not keep up or does not answer at all, and
     * everything is in memory, about twice. Empty if anybody may append.
     */
    Optional<String> backlog() {
        long bytes = gatheredBytes.get();
        return bytes <= backlogBytesMax
                ? Optional.empty()
                : Optional.of("the log's disk does not keep up: " + bytes
                        + " bytes wait to be written to it, of at most " + backlogBytesMax);
    }

    /** Why the log accepts no more records; empty if it does. */
    Optional<String> failure() {
        Throwable cause = failure;
        return cause == null ? Optional.empty() : Optional.of("the log has failed: " + cause);
    }

    /**
     * Gives back a batch that was written, to be filled again. If more has become urgent meanwhile, the writer thread
     * takes it.
     */
    void giveBack(RecordBatch batch) {
        int bytes = batch.bytes();
        batch.clear(batchBytesMax);
        lock.lock();
        try {
            gatheredBytes.addAndGet(-bytes);
            if (idle.size() < IDLE_BATCHES_MAX) {
                idle.addLast(batch);
            }
            if (stall != null) {
                stall = null;
                logger.info("the log has room again");
            }
            switch (phase) {
                case FAILED -> {}
                case WRITING_URGENT -> askWriter();
                default -> {
                    phase = phase.to(WritePhase.QUIET);
                    if (closed) {
                        work.signal();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            phase = phase.to(WritePhase.FAILED);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses records from now on; answers whether it accepted them before. */
    boolean close() {
        lock.lock();
        try {
            boolean wasOpen = !closed;
            closed = true;
            work.signal();
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }

    void requireUsable() {
        requireNotFailed();
        if (closed) {
            throw new LogException("the log is closed");
        }
    }

    void requireNotFailed() {
        Throwable cause = failure;
        if (cause != null) {
            throw new LogException(
                    "the log has failed and takes no more records: " + cause
                            + ". What no reader has returned yet may be lost. See to the disk, then open the log again.",
                    cause);
        }
    }
}
