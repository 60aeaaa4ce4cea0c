package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A log in files: the records of all partitions in one sequence, so that one forced write makes everything durable that
 * waits. While one force runs, the next batch gathers. LSNs are places in that sequence, from 1.
 *
 * <p>Guaranteed after a crash of the process or the machine: every record a reader returned is there, in order, and
 * nothing that was not appended. A record appended but not yet returned may be there or not; if it is not, none appended
 * after it is.
 *
 * <p>A write or force that fails once fails the log for good: what the disk then holds is unknown until the log is
 * opened again. From then on every reader and append throws.
 */
public final class FileLog implements Log {
    /** Partitions are numbered from 0 to one less. */
    public static final int PARTITIONS_MAX = 1 << 16;

    private final Folder folder;
    private final Disk disk;
    private final FileLogOptions options;
    private final Segments segments;
    private final SegmentSupply supply;
    private final Gathering gathering;
    private final Readers readers = new Readers();
    private final LogWriter writer;

    private FileLog(
            Folder folder,
            FileLogOptions options,
            Disk disk,
            Segments segments,
            SegmentSupply supply,
            ForceListener forces) {
        this.folder = folder;
        this.disk = disk;
        this.options = options;
        this.segments = segments;
        this.supply = supply;
        this.gathering = new Gathering(segments.durableLsn(), options, readers);
        this.writer = new LogWriter(folder.path(), options, gathering, segments, supply, readers, forces);
    }

    /**
     * Opens the log in a folder, creating both when they do not exist. What a crash left half written is cut.
     *
     * @throws LogException when the folder is in use, of another format, damaged or cannot be read and written
     */
    public static FileLog open(Path path, FileLogOptions options) {
        return open(path, options, ForceListener.NONE);
    }

    /** As {@link #open(Path, FileLogOptions)}; the listener is told of every forced write. */
    public static FileLog open(Path path, FileLogOptions options, ForceListener forces) {
        return open(path, options, Disk.ofSystem(), forces);
    }

    static FileLog open(Path path, FileLogOptions options, Disk disk) {
        return open(path, options, disk, ForceListener.NONE);
    }

    private static FileLog open(Path path, FileLogOptions options, Disk disk, ForceListener forces) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Folder folder = Folder.open(path, disk);
            opened.push(folder);
            TrimMark mark = folder.readTrimMark();
            Recovery.Found found = Recovery.run(folder, disk, mark);
            found.live().forEach(opened::push);
            long nextNumber = found.live().isEmpty()
                    ? mark.firstSegment()
                    : found.live().getLast().number() + 1;
            SegmentSupply supply = new SegmentSupply(folder, disk, options.segmentBytes(), nextNumber, found.unused());
            opened.push(supply);
            Segments segments = new Segments(found.live(), mark);
            if (found.live().isEmpty()) {
                segments.add(supply.take().begin(mark.firstLsn()));
            }
            FileLog log = new FileLog(folder, options, disk, segments, supply, forces);
            log.writer.start();
            return log;
        } catch (IOException | RuntimeException e) {
            opened.forEach(resource -> closeAfter(resource, e));
            throw e instanceof RuntimeException known ? known : cannotOpen(path, options, e);
        }
    }

    private static LogException cannotOpen(Path path, FileLogOptions options, Exception cause) {
        return new LogException(
                "cannot open the log in " + path + ": " + cause + ". It must be a folder this process may read and "
                        + "write, on a disk with room for files of " + options.segmentBytes() + " bytes.",
                cause);
    }

    private static void closeAfter(AutoCloseable resource, Exception failure) {
        try {
            resource.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @param partition the partition's number, from 0, below {@link #PARTITIONS_MAX}
     * @param payload the record's bytes, at most 1 GiB
     */
    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        requirePartition(partition);
        if (payload.size() > Frame.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a record has at most " + Frame.PAYLOAD_BYTES_MAX + " bytes, this one has " + payload.size());
        }
        gathering.append(partition, appendTimeMillis, payload, urgency);
    }

    private static void requirePartition(int partition) {
        if (partition < 0 || partition >= PARTITIONS_MAX) {
            throw new IllegalArgumentException(
                    "a partition's number is from 0 to " + (PARTITIONS_MAX - 1) + ", was " + partition);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws LogException when records behind {@code afterLsn} were trimmed, or the log ends before {@code afterLsn}: it
     *     is not the log that was read so far
     */
    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        requirePartition(partition);
        requireUsable();
        requireNotTrimmed(partition, afterLsn);
        FileLogReader reader = new FileLogReader(this, disk, partition, afterLsn, options.unreadBytesMax(), onRecords);
        readers.add(reader);
        long durableLsn = segments.durableLsn();
        reader.begin(durableLsn);
        if (afterLsn > durableLsn) {
            readers.remove(reader);
            throw new LogException(
                    "partition " + partition + " wants records behind LSN " + afterLsn + ", but the log in "
                            + folder.path() + " ends with LSN " + durableLsn
                            + ". It is not the log that was read before; put that one back.");
        }
        return reader;
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        requirePartition(partition);
        requireUsable();
        if (segments.trim(partition, upToLsnInclusive)) {
            supply.giveUp(segments);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws LogException when not all of it could be made durable; the files are released
     */
    @Override
    public void close() {
        if (!gathering.close()) {
            return;
        }
        writer.join();
        try (folder;
                supply) {
            for (Segment segment : segments.all()) {
                segment.close();
            }
        } catch (IOException e) {
            throw new LogException("cannot close the log in " + folder.path() + ": " + e, e);
        }
        gathering.requireNotFailed();
    }

    void requireUsable() {
        gathering.requireUsable();
    }

    void requireNotTrimmed(int partition, long afterLsn) {
        long goneLsn = segments.goneLsn(partition);
        if (afterLsn < goneLsn) {
            throw new LogException(
                    "partition " + partition + " wants records behind LSN " + afterLsn + ", but they were "
                            + "trimmed up to LSN " + goneLsn + " from the log in " + folder.path()
                            + ". The partition's state must be at least that new; restore both from one copy.");
        }
    }

    /** Writes what is urgent if nobody does; answers whether it did. */
    boolean writeUrgent(FileLogReader reader) {
        return writer.writeUrgent(reader);
    }

    Segments segments() {
        return segments;
    }

    void forget(FileLogReader reader) {
        readers.remove(reader);
    }
}
