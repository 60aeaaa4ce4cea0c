package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the log's end at open.
 *
 * <p>What a crash may leave behind the last whole record is a part of the last batch, which nobody was told is durable:
 * it is cut. A record missing anywhere before is damage, and shows: a later frame of a later batch stands somewhere
 * behind the gap (see {@link Frame}).
 *
 * <p>The last batch may never have been forced, or its force may have failed, after which the system's memory and the
 * disk can differ. So its bytes are written once more, and forced, before anybody reads them.
 */
final class Recovery {
    private static final Logger logger = LoggerFactory.getLogger(Recovery.class);
    private static final int CHUNK_BYTES = 1 << 20;

    private final Folder folder;
    private final Disk disk;
    private final TrimMark mark;
    private final List<Segment> live = new ArrayList<>();
    private final List<Path> unused = new ArrayList<>();
    private long lastBatchAt;

    private Recovery(Folder folder, Disk disk, TrimMark mark) {
        this.folder = folder;
        this.disk = disk;
        this.mark = mark;
    }

    /**
     * What was found.
     *
     * @param live the segments with records, opened; the last one may have none. Empty in a new log
     * @param unused files of no more use, to be written again
     */
    record Found(List<Segment> live, List<Path> unused) {}

    static Found run(Folder folder, Disk disk, TrimMark mark) throws IOException {
        Recovery recovery = new Recovery(folder, disk, mark);
        try {
            recovery.findSegments();
            if (!recovery.live.isEmpty()) {
                recovery.finishEnd(recovery.live.getLast());
            }
            return new Found(recovery.live, recovery.unused);
        } catch (IOException | RuntimeException e) {
            for (Segment segment : recovery.live) {
                segment.close();
            }
            throw e;
        }
    }

    private void findSegments() throws IOException {
        NavigableMap<Long, Path> files = folder.segments();
        unused.addAll(files.headMap(mark.firstSegment(), false).values());
        NavigableMap<Long, Path> rest = files.tailMap(mark.firstSegment(), true);
        if (!rest.containsKey(mark.firstSegment()) && (mark.firstSegment() > 1 || !rest.isEmpty())) {
            throw new LogException("the log is damaged: it should begin with LSN " + mark.firstLsn() + " in "
                    + folder.segment(mark.firstSegment()) + ", there is no such file. "
                    + "Restore the folder from a copy.");
        }
        long nextLsn = mark.firstLsn();
        boolean ended = false;
        for (Map.Entry<Long, Path> file : rest.entrySet()) {
            if (!ended) {
                Segment segment = new Segment(file.getKey(), file.getValue(), disk.open(file.getValue()), nextLsn);
                ended = !scan(segment) && !live.isEmpty();
                if (ended) {
                    segment.close();
                } else {
                    live.add(segment);
                    nextLsn = segment.lastLsn() + 1;
                }
            }
            if (ended) {
                unused.add(file.getValue());
            }
        }
    }

    /** Finds a segment's records; answers whether there are any. */
    private boolean scan(Segment segment) throws IOException {
        long end = segment.file().size();
        FrameScanner scanner = new FrameScanner(segment.file(), 0);
        long lsn = segment.firstLsn();
        while (scanner.isAt(lsn, end) && scanner.isIntact(end)) {
            if (scanner.placeInBatch() == 0) {
                lastBatchAt = scanner.position();
            }
            int partition = scanner.partition();
            scanner.skip();
            segment.found(partition, lsn, scanner.position());
            lsn++;
        }
        return lsn > segment.firstLsn();
    }

    private void finishEnd(Segment active) throws IOException {
        long end = active.durableBytes();
        requireNothingBehind(active, end);
        if (new FrameScanner(active.file(), end).isAt(active.lastLsn() + 1, Long.MAX_VALUE)) {
            logger.warn("cutting the record that a crash left half written at {}, byte {}", active.path(), end);
        }
        if (end > 0) {
            writeAgain(active.file(), lastBatchAt, end);
        }
        eraseFrom(active.file(), end);
        active.file().force();
        folder.force();
    }

    private void requireNothingBehind(Segment active, long end) throws IOException {
        long lostLsn = active.lastLsn() + 1;
        requireNothingIn(active.path(), active.file(), end, active, lostLsn);
        for (Path path : unused) {
            if (path.compareTo(active.path()) > 0) {
                try (DiskFile file = disk.open(path)) {
                    requireNothingIn(path, file, 0, active, lostLsn);
                }
            }
        }
    }

    private static void requireNothingIn(Path path, DiskFile file, long from, Segment active, long lostLsn)
            throws IOException {
        long found = LaterFrames.find(file, from, lostLsn);
        if (found >= 0) {
            throw new LogException("the log is damaged: LSN " + lostLsn + " should stand in " + active.path()
                    + " at byte " + active.durableBytes() + " and does not, but records written after it was durable "
                    + "stand in " + path + " at byte " + found + ". Restore the folder from a copy.");
        }
    }

    private static void writeAgain(DiskFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += CHUNK_BYTES) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - at));
            file.read(chunk, at);
            file.write(chunk.flip(), at);
        }
    }

    /** Makes everything from {@code from} zeros, so that no remains can come to life again. */
    private static void eraseFrom(DiskFile file, long from) throws IOException {
        long size = file.size();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        ByteBuffer zeros = ByteBuffer.allocate(CHUNK_BYTES);
        for (long at = from; at < size; at += chunk.limit()) {
            int bytes = (int) Math.min(CHUNK_BYTES, size - at);
            file.read(chunk.clear().limit(bytes), at);
            zeros.clear().limit(bytes);
            if (!chunk.flip().equals(zeros)) {
                file.write(zeros, at);
            }
        }
    }
}
