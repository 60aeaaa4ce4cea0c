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
 * The records that wait to be written. Appended by any thread, taken a batch at a time by the one that writes; knows who
 * that is, and whether the log still takes records.
 *
 * <p>A batch is written by the writer thread, or by the thread of an idle reader: that one waits for these very records
 * anyway, so a hand-over to the writer and one back are spared. An idle reader is asked first, and whoever comes first
 * writes. The one asked may be slow to come, so the writer has an eye on what is gathered for as long as there is any
 * activity, and takes what lies for too long.
 */
final class Gathering {
    private static final Logger logger = LoggerFactory.getLogger(Gathering.class);
    private static final int BATCH_BYTES_MAX = 4 << 20;
    private static final int IDLE_BATCHES_MAX = 2;

    /** How often the writer looks while there is activity: so long it leaves urgent records to the reader that was asked. */
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How often it is tried whether there is room again. */
    private static final long ROOM_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final int batchBytesMax;
    private final long lingerNanos;
    private final long backlogBytesMax;
    private final Readers readers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /* Guarded by the lock. */
    private final Deque<Batch> full = new ArrayDeque<>();
    private final Deque<Batch> idle = new ArrayDeque<>();
    private Batch current = new Batch();
    private long lastLsn;
    private long gatheredSinceNanos;
    private long batchesTaken;
    private boolean urgent;
    /** Somebody was asked to write what is urgent and has not begun. */
    private boolean asked;
    /** The one asked is the writer. */
    private boolean writerAsked;
    /** Somebody writes. Nobody else is asked meanwhile. */
    private boolean writing;
    /** The writer does not look soon without being woken. */
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
            gather(partition, appendTimeMillis, payload);
            urgent |= urgency == Urgency.NOW;
            if (urgent && !asked && !writing) {
                reader = readers.idleOf(partition);
                ask(reader == null);
            }
            if (writerSleeps && (first || urgent)) {
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

    private void gather(int partition, long appendTimeMillis, Bytes payload) {
        if (isEmpty()) {
            gatheredSinceNanos = System.nanoTime();
        } else if (!current.isEmpty() && current.bytes() + Frame.sizeOf(payload.size()) > batchBytesMax) {
            full.addLast(current);
            current = emptyBatch();
            urgent = true;
        }
        current.add(partition, new LogRecord(lastLsn + 1, appendTimeMillis, payload));
        lastLsn++;
        gatheredBytes.addAndGet(Frame.sizeOf(payload.size()));
    }

    private boolean isEmpty() {
        return full.isEmpty() && current.isEmpty();
    }

    private Batch emptyBatch() {
        return idle.isEmpty() ? new Batch() : idle.removeFirst();
    }

    private void ask(boolean writer) {
        asked = true;
        if (writer) {
            writerAsked = true;
            work.signal();
        }
    }

    /**
     * The next batch for the writer thread, which waits for it; empty when the log is closed and everything was taken, or
     * has failed. Whoever takes a batch gives it {@link #giveBack back} when it is written.
     */
    Optional<Batch> take() throws InterruptedException {
        lock.lock();
        try {
            awaitTurn();
            return failure != null || isEmpty() ? Optional.empty() : Optional.of(begin());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch for a thread that would otherwise wait, if it is urgent and nobody writes; even if the writer was asked,
     * who takes longer to wake up than this thread to come. Does not wait.
     */
    Optional<Batch> takeUrgent() {
        lock.lock();
        try {
            return urgent && !writing && !closed && stall == null ? Optional.of(begin()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Batch begin() {
        writing = true;
        asked = false;
        writerAsked = false;
        batchesTaken++;
        Batch batch = full.pollFirst();
        if (batch == null) {
            batch = current;
            current = emptyBatch();
        }
        // A batch that was put back may be all there was.
        urgent &= !isEmpty();
        return batch;
    }

    private void awaitTurn() throws InterruptedException {
        boolean quiet = false;
        awaitRoom();
        while (failure == null && (writing || !(writerAsked || closed))) {
            long waitNanos = quiet ? Long.MAX_VALUE : WATCH_NANOS;
            if (!writing && !isEmpty()) {
                long limitNanos = urgent ? Math.min(lingerNanos, WATCH_NANOS) : lingerNanos;
                waitNanos = limitNanos - (System.nanoTime() - gatheredSinceNanos);
                if (waitNanos <= 0) {
                    return;
                }
            }
            long before = batchesTaken;
            writerSleeps = waitNanos > WATCH_NANOS;
            long leftNanos = work.awaitNanos(waitNanos);
            writerSleeps = false;
            quiet = leftNanos <= 0 && isEmpty() && !writing && batchesTaken == before;
        }
    }

    /** Waits for when it is worth trying again to write what there was no room for. */
    private void awaitRoom() throws InterruptedException {
        while (stall != null && failure == null && !closed) {
            long leftNanos = retryAtNanos - System.nanoTime();
            if (leftNanos <= 0) {
                writerAsked = true;
                return;
            }
            work.awaitNanos(leftNanos);
        }
    }

    /**
     * Gives a batch back for which there is no room: the writer tries again by and by, and nothing is written before it.
     *
     * @throws IOException the cause, when the log is closing and cannot wait
     */
    void putBack(Batch batch, IOException cause) throws IOException {
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
            writing = false;
            urgent = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Why what was gathered cannot be written for now; empty if it can. */
    Optional<String> stall() {
        return Optional.ofNullable(stall);
    }

    /**
     * Why nobody should append what can as well be refused: the disk does not keep up, or does not answer at all, and all of
     * it is in memory, about twice. Empty if anybody may.
     */
    Optional<String> backlog() {
        long bytes = gatheredBytes.get();
        return bytes <= backlogBytesMax
                ? Optional.empty()
                : Optional.of("the log's disk does not keep up: " + bytes
                        + " bytes wait to be written to it, of at most " + backlogBytesMax);
    }

    /** Why the log takes no more records; empty if it does. */
    Optional<String> failure() {
        Throwable cause = failure;
        return cause == null ? Optional.empty() : Optional.of("the log has failed: " + cause);
    }

    /** Gives a batch that was written back, to be filled again. What became urgent meanwhile is the writer's. */
    void giveBack(Batch batch) {
        int bytes = batch.bytes();
        batch.clear(batchBytesMax);
        lock.lock();
        try {
            gatheredBytes.addAndGet(-bytes);
            if (idle.size() < IDLE_BATCHES_MAX) {
                idle.addLast(batch);
            }
            writing = false;
            if (stall != null) {
                stall = null;
                logger.info("the log has room again");
            }
            if (urgent) {
                ask(true);
            } else if (closed) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses records from now on; answers whether it did not before. */
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
