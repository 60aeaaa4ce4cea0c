package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for the writer. Appended by any thread, taken a batch at a time by the writer thread; knows
 * whether the log still takes records.
 */
final class Gathering {
    private static final int BATCH_BYTES_MAX = 4 << 20;
    private static final int IDLE_BATCHES_MAX = 2;

    private final int batchBytesMax;
    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /* Guarded by the lock. */
    private final Deque<Batch> full = new ArrayDeque<>();
    private final Deque<Batch> idle = new ArrayDeque<>();
    private Batch current = new Batch();
    private long lastLsn;
    private boolean urgent;
    private boolean writerWaits;

    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    Gathering(long lastLsn, FileLogOptions options) {
        this.lastLsn = lastLsn;
        this.batchBytesMax = Math.min(BATCH_BYTES_MAX, options.segmentBytes() / 2);
        this.lingerNanos = options.linger().toNanos();
    }

    void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        lock.lock();
        try {
            requireUsable();
            boolean first = full.isEmpty() && current.isEmpty();
            if (!current.isEmpty() && current.bytes() + Frame.sizeOf(payload.size()) > batchBytesMax) {
                full.addLast(current);
                current = idle.isEmpty() ? new Batch() : idle.removeFirst();
                urgent = true;
            }
            current.add(partition, new LogRecord(lastLsn + 1, appendTimeMillis, payload));
            lastLsn++;
            urgent |= urgency == Urgency.NOW;
            if (writerWaits && (urgent || first)) {
                writerWaits = false;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next batch to write, waiting for it; empty when the log is closed and everything was taken. */
    Optional<Batch> take() throws InterruptedException {
        lock.lock();
        try {
            awaitWork();
            Batch batch = full.pollFirst();
            if (batch == null) {
                urgent = false;
                if (current.isEmpty()) {
                    return Optional.empty();
                }
                batch = current;
                current = idle.isEmpty() ? new Batch() : idle.removeFirst();
            }
            return Optional.of(batch);
        } finally {
            lock.unlock();
        }
    }

    private void awaitWork() throws InterruptedException {
        long waitNanos = lingerNanos;
        while (!urgent && !closed) {
            writerWaits = true;
            if (current.isEmpty()) {
                work.await();
            } else if (waitNanos <= 0) {
                break;
            } else {
                waitNanos = work.awaitNanos(waitNanos);
            }
        }
        writerWaits = false;
    }

    /** Gives a batch back to be filled again. */
    void giveBack(Batch batch) {
        batch.clear(batchBytesMax);
        lock.lock();
        try {
            if (idle.size() < IDLE_BATCHES_MAX) {
                idle.addLast(batch);
            }
        } finally {
            lock.unlock();
        }
    }

    void fail(Throwable cause) {
        failure = cause;
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
