package dev.reprise.engine.log.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log in a loop: takes a batch, writes and forces it, and passes it to the readers. It has a thread for
 * that, and also writes on the threads of idle readers; {@link Gathering} makes sure that one writes at a time.
 */
final class LogWriter {
    private static final Logger logger = LoggerFactory.getLogger(LogWriter.class);

    private final Path folder;
    private final int salt;
    private final EndMark end;
    private final Gathering gathering;
    private final Segments segments;
    private final SegmentSupply supply;
    private final Readers readers;
    private final ForceListener forces;
    private final Thread thread;
    /* Used by whoever writes. */
    private Segment active;

    LogWriter(
            Folder folder,
            Gathering gathering,
            Segments segments,
            SegmentSupply supply,
            Readers readers,
            ForceListener forces,
            EndMark end) {
        this.folder = folder.path();
        this.salt = folder.salt();
        this.end = end;
        this.gathering = gathering;
        this.segments = segments;
        this.supply = supply;
        this.readers = readers;
        this.forces = forces;
        this.active = segments.active();
        this.thread = Thread.ofPlatform().name("reprise-log-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits until the thread has ended. */
    void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Optional<RecordBatch> batch = gathering.take();
            while (batch.isPresent()) {
                write(batch.get(), null);
                batch = gathering.take();
            }
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Writes urgent records on a reader's own thread; answers whether there were any and nobody else was writing. */
    boolean writeUrgent(FileLogReader reader) {
        Optional<RecordBatch> batch =
                Thread.currentThread().isInterrupted() ? Optional.empty() : gathering.takeUrgent();
        if (batch.isEmpty()) {
            return false;
        }
        try {
            write(batch.get(), reader);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            gathering.requireNotFailed();
            return false;
        }
    }

    private void fail(Throwable cause) {
        logger.error("the log in {} has failed; it takes no more records until it is opened again", folder, cause);
        gathering.fail(cause);
        readers.wakeAll();
    }

    /** Writes a batch, on the thread of {@code awake}, which need not be woken; null on the writer's. */
    private void write(RecordBatch batch, @Nullable FileLogReader awake) throws IOException {
        long begin = System.nanoTime();
        try {
            append(batch);
        } catch (IOException e) {
            if (!NoRoom.isCauseOf(e, folder)) {
                throw e;
            }
            // No reader has seen these records, and what was written of them will be written again.
            gathering.putBack(batch, e);
            return;
        }
        active.force();
        end.write(batch.lastLsn(), active.number(), active.durableBytes() + batch.bytes(), active.sizeBytes());
        forces.forced(batch.size(), batch.bytes(), System.nanoTime() - begin);
        active.publish(batch);
        readers.publish(batch, awake);
        gathering.giveBack(batch);
    }

    private void append(RecordBatch batch) throws IOException {
        if (!active.hasRoomFor(batch.bytes())) {
            active = supply.take().begin(batch.firstLsn());
            segments.add(active);
            if (segments.canGiveUpFirst()) {
                supply.giveUp(segments);
            }
        }
        active.append(batch.seal(salt));
    }
}
