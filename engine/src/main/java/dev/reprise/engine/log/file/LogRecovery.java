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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the log's end at open, and tells the remains of a crash from a loss.
 *
 * <p>A crash leaves behind the last whole record a part of the last batch, which nobody was told is durable: it is cut.
 * A record was durable, and its lack is damage, when
 *
 * <ul>
 *   <li>the {@link EndMark} knows of it, or whoever applied it does ({@link Evidence});
 *   <li>a frame of a later batch stands somewhere behind the gap (see {@link RecordFrame}), or a later segment does,
 *       for a batch is written, and a segment made, only after all before is durable;
 *   <li>its segment is shorter than it was: a segment is whole before the first record is written to it.
 * </ul>
 *
 * <p>The last batch may never have been forced, or its force may have failed, after which the system's memory and the
 * disk can differ. So its bytes are written once more, and forced, before anybody reads them.
 */
final class LogRecovery {
    private static final Logger logger = LoggerFactory.getLogger(LogRecovery.class);
    private static final int CHUNK_BYTES = 1 << 20;

    private final Folder folder;
    private final Disk disk;
    private final Evidence evidence;
    private final List<Segment> live = new ArrayList<>();
    private final List<Path> unused = new ArrayList<>();
    private TrimMark mark = TrimMark.START;
    private @Nullable TrimMark stored;
    private EndMark.Mark end = new EndMark.Mark(0, 0, 0, 0);
    private boolean lost;
    private long lastBatchAt;

    private LogRecovery(Folder folder, Disk disk, Evidence evidence) {
        this.folder = folder;
        this.disk = disk;
        this.evidence = evidence;
    }

    /**
     * What was found.
     *
     * @param live the segments with records, opened; the last one may have none. Empty in a new log
     * @param unused files of no more use, to be written again
     * @param mark where the log begins
     * @param nextNumber the number of the next segment
     * @param nextLsn the LSN of the next record; not the one after the last segment's when some are given up
     */
    record Found(List<Segment> live, List<Path> unused, TrimMark mark, long nextNumber, long nextLsn) {
        /** Whether the next record goes where the last one ends. */
        boolean goesOn() {
            return !live.isEmpty() && live.getLast().lastLsn() + 1 == nextLsn;
        }
    }

    static Found run(Folder folder, Disk disk, Evidence evidence) throws IOException {
        LogRecovery recovery = new LogRecovery(folder, disk, evidence);
        try {
            return recovery.run();
        } catch (IOException | RuntimeException e) {
            for (Segment segment : recovery.live) {
                segment.close();
            }
            throw e;
        }
    }

    private Found run() throws IOException {
        NavigableMap<Long, Path> files = folder.segments();
        readMark();
        readEnd(!files.isEmpty());
        findSegments(files);
        requireEverything();
        if (!live.isEmpty()) {
            finishEnd(live.getLast());
        }
        long next = Math.max(lastLsn(), Math.max(end.lsn(), evidence.appliedLsn())) + 1;
        long number = live.isEmpty() ? mark.firstSegment() : live.getLast().number() + 1;
        TrimMark begin = mark;
        if (live.isEmpty()) {
            begin = new TrimMark(number, next, mark.goneLsns(), mark.skips());
        } else if (next > lastLsn() + 1) {
            begin = mark.skippingTo(next, number);
        }
        if (!begin.equals(stored)) {
            folder.writeTrimMark(begin);
        }
        return new Found(live, unused, begin, number, next);
    }

    private long lastLsn() {
        return live.isEmpty() ? mark.firstLsn() - 1 : live.getLast().lastLsn();
    }

    private void damaged(String what, String givenUp) {
        evidence.damaged(what, givenUp);
        lost = true;
    }

    private void readMark() throws IOException {
        try {
            mark = folder.readTrimMark();
            stored = mark;
        } catch (LogException e) {
            damaged(String.valueOf(e.getMessage()), "the log then begins with what there is");
        }
    }

    private void readEnd(boolean hasSegments) throws IOException {
        try {
            Optional<EndMark.Mark> found = EndMark.read(folder.path(), disk, folder.salt());
            if (found.isEmpty() && (hasSegments || mark.firstSegment() > 1)) {
                damaged(
                        folder.path().resolve(EndMark.FILE)
                                + " should say where the log ends, and there is no such file",
                        "what is missing at the log's end is then not noticed");
            }
            end = found.orElse(end);
        } catch (LogException e) {
            damaged(String.valueOf(e.getMessage()), "what is missing at the log's end is then not noticed");
        }
    }

    private void findSegments(NavigableMap<Long, Path> files) throws IOException {
        unused.addAll(files.headMap(mark.firstSegment(), false).values());
        NavigableMap<Long, Path> rest = files.tailMap(mark.firstSegment(), true);
        if (!rest.containsKey(mark.firstSegment()) && (mark.firstSegment() > 1 || !rest.isEmpty())) {
            damaged(
                    "it should begin with LSN " + mark.firstLsn() + " in " + folder.segment(mark.firstSegment())
                            + ", there is no such file",
                    "it then begins with the first file there is, and what stood before and was not applied is lost");
            if (!rest.isEmpty()) {
                mark = new TrimMark(
                        rest.firstKey(), firstLsnIn(rest.firstEntry().getValue()), mark.goneLsns(), mark.skips());
            }
        }
        long nextLsn = mark.firstLsn();
        long nextNumber = mark.firstSegment();
        boolean ended = false;
        for (Map.Entry<Long, Path> file : rest.entrySet()) {
            if (!ended && file.getKey() != nextNumber) {
                damaged(
                        "there should be a file " + folder.segment(nextNumber) + ", for there is a later one, "
                                + file.getValue(),
                        "what stood in it and later is lost");
                ended = true;
            }
            if (!ended) {
                Segment segment = new Segment(
                        file.getKey(),
                        file.getValue(),
                        disk.open(file.getValue()),
                        mark.firstLsnOf(nextNumber, nextLsn));
                boolean skips = mark.skips().containsKey(nextNumber);
                ended = !scan(segment) && !live.isEmpty() && !skips;
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
            nextNumber = file.getKey() + 1;
        }
    }

    /** The LSN of a file's first record; without a record, the LSN that would be next. */
    private long firstLsnIn(Path path) throws IOException {
        try (DiskFile file = disk.openToRead(path)) {
            ByteBuffer header = ByteBuffer.allocate(RecordFrame.HEADER_BYTES);
            file.read(header, 0);
            if (header.position() < RecordFrame.HEADER_BYTES) {
                return end.lsn() + 1;
            }
            long lsn = RecordFrame.lsn(header, 0);
            FrameScanner scanner = new FrameScanner(file, 0, folder.salt());
            return scanner.isAt(lsn, file.size()) && scanner.isIntact(file.size()) ? lsn : end.lsn() + 1;
        }
    }

    /** Finds a segment's records; answers whether there are any. */
    private boolean scan(Segment segment) throws IOException {
        long size = segment.file().size();
        FrameScanner scanner = new FrameScanner(segment.file(), 0, folder.salt());
        long lsn = segment.firstLsn();
        while (scanner.isAt(lsn, size) && scanner.isIntact(size)) {
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

    /** Compares what there is with what is known to have been there. */
    private void requireEverything() throws IOException {
        long known = Math.max(end.lsn(), evidence.appliedLsn());
        if (known > lastLsn()) {
            damaged(missing(known), "they are lost");
        }
        for (Segment segment : live) {
            if (segment.number() == end.segment() && segment.file().size() < end.segmentBytes()) {
                damaged(
                        segment.path() + " should have " + end.segmentBytes() + " bytes and has "
                                + segment.file().size(),
                        "what stood in the rest is lost");
            }
        }
        if (!live.isEmpty()) {
            requireNothingBehind(live.getLast());
        }
    }

    private String missing(long known) {
        String who = end.lsn() == known
                ? folder.path().resolve(EndMark.FILE) + " says so"
                : "the store has applied LSN " + evidence.appliedLsn();
        String records = "the records from LSN " + (lastLsn() + 1) + " to " + known + " were durable (" + who + ")";
        if (live.isEmpty()) {
            return records + " and are missing, with every segment";
        }
        Segment active = live.getLast();
        return records + " and are missing: what stands in " + active.path() + " from byte " + active.durableBytes()
                + " on, or in what should be the next file, is not that";
    }

    private void requireNothingBehind(Segment active) throws IOException {
        requireNothingIn(active.path(), active.file(), active.durableBytes(), active);
        for (Path path : unused) {
            if (path.compareTo(active.path()) > 0) {
                try (DiskFile file = disk.open(path)) {
                    requireNothingIn(path, file, 0, active);
                }
            }
        }
    }

    private void requireNothingIn(Path path, DiskFile file, long from, Segment active) throws IOException {
        long lostLsn = active.lastLsn() + 1;
        long found = LaterFrames.find(file, from, lostLsn, folder.salt());
        if (found >= 0) {
            damaged(
                    "LSN " + lostLsn + " should stand in " + active.path() + " at byte " + active.durableBytes()
                            + " and does not, but records written after it was durable stand in " + path + " at byte "
                            + found,
                    "it and what stood behind it are lost");
        }
    }

    private void finishEnd(Segment active) throws IOException {
        long from = active.durableBytes();
        if (new FrameScanner(active.file(), from, folder.salt()).isAt(active.lastLsn() + 1, Long.MAX_VALUE)) {
            logger.warn("cutting the record that a crash left half written at {}, byte {}", active.path(), from);
        }
        if (from > 0) {
            writeAgain(active.file(), lastBatchAt, from);
        }
        eraseFrom(active.file(), from);
        active.file().force();
        if (lost) {
            // They may contain records with LSNs that are used again.
            for (Path path : List.copyOf(unused)) {
                if (path.compareTo(active.path()) > 0) {
                    unused.remove(path);
                    folder.delete(path);
                }
            }
        }
        folder.force();
    }

    private static void writeAgain(DiskFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += CHUNK_BYTES) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - at));
            file.read(chunk, at);
            file.write(chunk.flip(), at);
        }
    }

    /** Overwrites everything from {@code from} with zeros, so that no remains can be taken for records later. */
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
