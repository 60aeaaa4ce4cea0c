package dev.reprise.engine.log.file;

import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the next segment before the writer needs it, and takes back those that nobody needs, both on a thread of its
 * own. So the writer never waits for a file to be made, unless it fills segments faster than they can be made.
 *
 * <p>A prepared segment has its final name, durably, and every byte of it was written, so that a force writes data
 * alone.
 */
final class SegmentSupply implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SegmentSupply.class);
    private static final int SPARE_FILES_MAX = 4;
    private static final int FIRST_FILE_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 64 << 10;

    private final Folder folder;
    private final Disk disk;
    private final int segmentBytes;
    private final long freeBytesMin;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("reprise-log-segments").factory());
    private volatile boolean closing;

    /* Used by the worker alone, once it runs. */
    private final Deque<Path> spares = new ArrayDeque<>();
    /** Given up, but not deleted yet. */
    private final Deque<Segment> leaving = new ArrayDeque<>();

    /* Used by the writer alone. */
    private long nextNumber;
    private Future<Ready> next;

    /** A file that is ready to become a segment. */
    record Ready(long number, Path path, DiskFile file) {
        Segment begin(long firstLsn) {
            return new Segment(number, path, file, firstLsn);
        }
    }

    SegmentSupply(Folder folder, Disk disk, FileLogOptions options, long nextNumber, List<Path> unused) {
        this.folder = folder;
        this.disk = disk;
        this.segmentBytes = options.segmentBytes();
        this.freeBytesMin = options.freeBytesMin();
        this.nextNumber = nextNumber;
        this.next = worker.submit(() -> {
            for (Path path : unused) {
                keepOrDelete(path);
            }
            return make(nextNumber);
        });
    }

    /** The next segment; waits for it if need be. */
    Ready take() throws IOException {
        Ready ready;
        try {
            ready = waitFor(next);
        } catch (IOException e) {
            logger.debug("the log could not make its next segment, trying again", e);
            next = worker.submit(() -> make(nextNumber));
            try {
                ready = waitFor(next);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
        nextNumber++;
        long number = nextNumber;
        next = worker.submit(() -> make(number));
        return ready;
    }

    private static Ready waitFor(Future<Ready> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot make the next segment: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the log's writer was interrupted").initCause(e);
        }
    }

    /** Gives up the segments that nobody needs, soon. */
    void giveUp(Segments segments) {
        try {
            worker.execute(() -> takeBack(segments));
        } catch (RejectedExecutionException e) {
            logger.debug("the log in {} is closing; its trimmed segments stay", folder.path(), e);
        }
    }

    private void takeBack(Segments segments) {
        try {
            Segments.GivenUp given = segments.giveUp();
            leaving.addAll(given.segments());
            if (!leaving.isEmpty()) {
                writeMark(given.mark());
                while (!leaving.isEmpty()) {
                    Segment segment = leaving.removeFirst();
                    segment.close();
                    keepOrDelete(segment.path());
                }
            }
        } catch (IOException | RuntimeException e) {
            logger.warn("the log in {} could not give up trimmed segments; they stay for now", folder.path(), e);
        }
    }

    /**
     * Stores the mark before it deletes what the mark gives up; on a full disk, it deletes spare files first to make
     * room for the mark.
     */
    private void writeMark(TrimMark mark) throws IOException {
        try {
            folder.writeTrimMark(mark);
        } catch (IOException e) {
            if (spares.isEmpty()) {
                throw e;
            }
            while (!spares.isEmpty()) {
                Files.delete(spares.removeFirst());
            }
            folder.writeTrimMark(mark);
        }
    }

    private void keepOrDelete(Path path) throws IOException {
        if (spares.size() < SPARE_FILES_MAX && Files.size(path) == segmentBytes) {
            spares.addLast(path);
        } else {
            Files.delete(path);
        }
    }

    private Ready make(long number) throws IOException {
        Path path = folder.segment(number);
        boolean isThere = spares.remove(path);
        if (!isThere && !spares.isEmpty()) {
            Files.move(spares.removeFirst(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        DiskFile file = disk.open(path);
        try {
            fill(file, affordable(file.size(), sizeOf(number)));
            folder.force();
            return new Ready(number, path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            // On a full disk, whoever could free some room would need the part that was written.
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * Sizes of new files: a log begins with a small file, and each is twice as large as the one before until they reach
     * their full size.
     */
    private long sizeOf(long number) {
        return Math.min(segmentBytes, (long) FIRST_FILE_BYTES << Math.min(number - 1, Integer.SIZE - 1));
    }

    /**
     * The size that a file of {@code present} bytes grows to: the one that is wanted, or a small one rather than that
     * its empty part takes what the disk has left for what runs. What does not fit at all is not begun, because it
     * would take the last room from everybody else until it fails.
     */
    private long affordable(long present, long wanted) throws IOException {
        OptionalLong room = wanted > present ? disk.roomBytes(folder.path()) : OptionalLong.empty();
        if (room.isEmpty() || room.getAsLong() - (wanted - present) >= freeBytesMin) {
            return wanted;
        }
        long small = Math.max(present, Math.min(wanted, FIRST_FILE_BYTES));
        if (small - present > room.getAsLong()) {
            throw new IOException(
                    "No space left on the disk of " + folder.path() + " for the log's next file: it needs "
                            + (small - present) + " bytes, " + room.getAsLong() + " are left; make room");
        }
        return small;
    }

    private void fill(DiskFile file, long size) throws IOException {
        long from = file.size();
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long at = from; at < size && !closing; at += CHUNK_BYTES) {
            zeros.clear().limit((int) Math.min(CHUNK_BYTES, size - at));
            file.write(zeros, at);
        }
        if (from < size) {
            file.force();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        worker.close();
        for (Segment segment : leaving) {
            segment.close();
        }
        if (next.state() == Future.State.SUCCESS) {
            next.resultNow().file().close();
        }
    }
}
