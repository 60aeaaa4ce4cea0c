package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log in files: the records of all partitions in one sequence, so that one forced write makes everything durable that
 * waits. While one force runs, the next batch gathers.
 *
 * <p>Segments are written with zeros before use and used again after they are trimmed, so a force writes data only. A
 * write or force that fails once fails the log for good: what the disk holds is unknown until it is opened again.
 */
public final class FileLog implements Log {
    private final Folder folder;
    private final FileLogOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Thread writer;

    /* Guarded by the lock. */
    private final List<Segment> segments;
    private final TreeMap<Integer, FileLogReader> readers = new TreeMap<>();
    private final TreeMap<Integer, Long> trimmedLsns = new TreeMap<>();
    private List<Frame> pending = new ArrayList<>();
    private boolean urgent;
    private boolean writerWaits;
    private long lastLsn;
    private long durableLsn;
    private boolean closing;
    private @Nullable Throwable failure;

    /* Used by the writer thread alone. */
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final List<Path> recycled = new ArrayList<>();

    private FileLog(Folder folder, FileLogOptions options) throws IOException {
        this.folder = folder;
        this.options = options;
        this.segments = folder.openSegments(_ -> {});
        this.lastLsn = segments.isEmpty() ? 0 : segments.getLast().lastLsn();
        this.durableLsn = lastLsn;
        segments.add(Segment.create(folder.path(), lastLsn + 1, options.segmentBytes()));
        this.writer = Thread.ofPlatform().name("reprise-log-writer").unstarted(this::runWriter);
    }

    /**
     * Opens the log in a folder, creating both when they do not exist. A tail torn by a crash is cut.
     *
     * @throws LogException when the folder is in use, of another format, damaged or cannot be read
     */
    public static FileLog open(Path path, FileLogOptions options) {
        Folder folder = Folder.open(path);
        try {
            FileLog log = new FileLog(folder, options);
            log.writer.start();
            return log;
        } catch (IOException e) {
            throw new LogException("cannot open the log in " + path + ": " + e, e);
        }
    }

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        lock.lock();
        try {
            requireUsable();
            lastLsn++;
            pending.add(new Frame(partition, new LogRecord(lastLsn, appendTimeMillis, payload)));
            if (urgency == Urgency.NOW) {
                urgent = true;
            }
            if (writerWaits && (urgent || pending.size() == 1)) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        lock.lock();
        try {
            requireUsable();
            if (afterLsn + 1 < segments.getFirst().firstLsn() && afterLsn < trimmedLsns.getOrDefault(partition, 0L)) {
                throw new LogException("partition " + partition + " wants records behind LSN " + afterLsn
                        + ", the log begins with " + segments.getFirst().firstLsn());
            }
            FileLogReader reader = new FileLogReader(this, partition, afterLsn, onRecords);
            readers.put(partition, reader);
            return reader;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        lock.lock();
        try {
            trimmedLsns.merge(partition, upToLsnInclusive, Math::max);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        joinWriter();
        try {
            for (Segment segment : segments) {
                segment.close();
            }
            folder.close();
        } catch (IOException e) {
            throw new LogException("cannot close the log in " + folder.path() + ": " + e, e);
        }
    }

    private void joinWriter() {
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw new LogException("the log has failed: " + failure, failure);
        }
        if (closing) {
            throw new LogException("the log is closed");
        }
    }

    /** Reads durable records of one partition from the files; answers the last LSN looked at. */
    long readFiles(int partition, long afterLsn, int recordsMax, List<LogRecord> into) {
        List<Segment> toRead;
        long end;
        lock.lock();
        try {
            toRead = segments.stream()
                    .filter(segment -> segment.lastLsn() > afterLsn)
                    .toList();
            end = durableLsn;
        } finally {
            lock.unlock();
        }
        long[] scanned = {afterLsn};
        try {
            for (Segment segment : toRead) {
                segment.read(scanned[0] + 1, end, frame -> {
                    scanned[0] = frame.record().lsn();
                    if (frame.partition() == partition) {
                        into.add(frame.record());
                    }
                    return into.size() < recordsMax;
                });
                if (into.size() >= recordsMax) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new LogException("cannot read the log in " + folder.path() + ": " + e, e);
        }
        return scanned[0];
    }

    /** Whether a reader that has seen everything up to {@code scannedLsn} may from now on be handed new records. */
    boolean isAtEnd(long scannedLsn) {
        lock.lock();
        try {
            if (failure != null) {
                throw new LogException("the log has failed: " + failure, failure);
            }
            return scannedLsn >= durableLsn;
        } finally {
            lock.unlock();
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    private void runWriter() {
        try {
            List<Frame> batch = nextBatch();
            while (!batch.isEmpty()) {
                write(batch);
                publish(batch);
                batch = nextBatch();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Waits for work; an empty batch means that the log is closing. */
    private List<Frame> nextBatch() {
        lock.lock();
        try {
            while (!urgent && !closing) {
                writerWaits = true;
                if (pending.isEmpty()) {
                    work.awaitUninterruptibly();
                } else if (work.awaitNanos(options.linger().toNanos()) <= 0) {
                    break;
                }
            }
            writerWaits = false;
            urgent = false;
            List<Frame> batch = pending;
            pending = new ArrayList<>();
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the log's writer must not be interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Frame> batch) throws IOException {
        int from = 0;
        while (from < batch.size()) {
            int to = from;
            long bytes = 0;
            Segment active = segments.getLast();
            while (to < batch.size() && active.hasRoomFor(bytes + batch.get(to).size(), options.segmentBytes())) {
                bytes += batch.get(to++).size();
            }
            if (to == from) {
                active = roll(batch.get(from));
                bytes = batch.get(to++).size();
            }
            writeFrames(active, batch.subList(from, to), (int) bytes);
            active.force();
            from = to;
        }
    }

    private void writeFrames(Segment segment, List<Frame> frames, int bytes) throws IOException {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(Math.max(bytes, buffer.capacity() * 2));
        }
        buffer.clear();
        frames.forEach(frame -> frame.write(buffer));
        segment.write(buffer.flip());
        lock.lock();
        try {
            frames.forEach(segment::count);
        } finally {
            lock.unlock();
        }
    }

    private Segment roll(Frame first) throws IOException {
        recycleTrimmed();
        long firstLsn = first.record().lsn();
        if (!recycled.isEmpty()) {
            Files.move(recycled.removeLast(), Segment.pathOf(folder.path(), firstLsn), StandardCopyOption.ATOMIC_MOVE);
        }
        Segment next = Segment.create(folder.path(), firstLsn, Math.max(options.segmentBytes(), first.size()));
        lock.lock();
        try {
            segments.add(next);
        } finally {
            lock.unlock();
        }
        return next;
    }

    private void recycleTrimmed() throws IOException {
        List<Segment> trimmed = new ArrayList<>();
        lock.lock();
        try {
            while (segments.size() > 1 && segments.getFirst().isTrimmed(trimmedLsns)) {
                trimmed.add(segments.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        for (Segment segment : trimmed) {
            segment.close();
            if (recycled.isEmpty() && Files.size(segment.path()) == options.segmentBytes()) {
                Path spare = folder.path().resolve("spare");
                Files.move(segment.path(), spare, StandardCopyOption.ATOMIC_MOVE);
                recycled.add(spare);
            } else {
                Files.delete(segment.path());
            }
        }
    }

    private void publish(List<Frame> batch) {
        List<FileLogReader> toWake = new ArrayList<>();
        lock.lock();
        try {
            durableLsn = batch.getLast().record().lsn();
            for (Frame frame : batch) {
                FileLogReader reader = readers.get(frame.partition());
                if (reader != null && reader.offer(frame.record()) && !toWake.contains(reader)) {
                    toWake.add(reader);
                }
            }
        } finally {
            lock.unlock();
        }
        toWake.forEach(FileLogReader::wake);
    }

    private void fail(Throwable cause) {
        List<FileLogReader> toWake;
        lock.lock();
        try {
            failure = cause;
            toWake = List.copyOf(readers.values());
        } finally {
            lock.unlock();
        }
        toWake.forEach(FileLogReader::wake);
    }
}
