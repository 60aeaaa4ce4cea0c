package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.log.LogReader;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A log in files. It keeps the records of all partitions in one sequence, so that one forced write makes everything
 * durable that waits. While one force runs, the next batch gathers. LSNs are positions in that sequence, from 1.
 *
 * <p>Guaranteed after a crash of the process or the machine: every record that a reader returned is there, in order,
 * and nothing that was not appended. A record that was appended but not yet returned may be there or not; if it is not,
 * none appended after it is.
 *
 * <p>A write that finds no room is retried until there is room: records wait meanwhile, and {@link #health} says so.
 * Any other write or force that fails, even once, fails the log for good, because what the disk then holds is unknown
 * until the log is opened again. From then on every reader and append throws.
 */
public final class FileLog implements Log {
    /** Partitions are numbered from 0 to one less. */
    public static final int PARTITIONS_MAX = 1 << 16;

    private final Folder folder;
    private final Disk disk;
    private final FileLogOptions options;
    private final Segments segments;
    private final SegmentSupply supply;
    private final EndMark end;
    private final Gathering gathering;
    private final Readers readers = new Readers();
    private final LogWriter writer;
    private final FreeSpace freeSpace;

    private FileLog(
            Folder folder,
            FileLogOptions options,
            Disk disk,
            Segments segments,
            SegmentSupply supply,
            EndMark end,
            ForceListener forces) {
        this.folder = folder;
        this.disk = disk;
        this.options = options;
        this.segments = segments;
        this.supply = supply;
        this.end = end;
        this.freeSpace = new FreeSpace(folder.path(), options.freeBytesMin());
        this.gathering = new Gathering(segments.durableLsn(), options, readers);
        this.writer = new LogWriter(folder, gathering, segments, supply, readers, forces, end);
    }

    /**
     * Opens the log in a folder, and creates both if they do not exist. Cuts what a crash left half written.
     *
     * @throws LogException when the folder is in use, of another format, damaged or cannot be read and written
     */
    public static FileLog open(Path path, FileLogOptions options) {
        return open(path, options, Evidence.NONE, ForceListener.NONE);
    }

    /**
     * As {@link #open(Path, FileLogOptions)}; the listener is told of every forced write.
     *
     * @param evidence what the log must contain, and whether to open it anyway if it does not
     */
    public static FileLog open(Path path, FileLogOptions options, Evidence evidence, ForceListener forces) {
        return open(path, options, evidence, Disk.ofSystem(), forces);
    }

    static FileLog open(Path path, FileLogOptions options, Disk disk) {
        return open(path, options, Evidence.NONE, disk, ForceListener.NONE);
    }

    static FileLog open(Path path, FileLogOptions options, Evidence evidence, Disk disk) {
        return open(path, options, evidence, disk, ForceListener.NONE);
    }

    /** As {@link #open(Path, FileLogOptions, Evidence, ForceListener)}, on another disk than the system's. */
    public static FileLog open(Path path, FileLogOptions options, Evidence evidence, Disk disk, ForceListener forces) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Folder folder = Folder.open(path, disk, options.identity(), evidence);
            opened.push(folder);
            LogRecovery.Found found = LogRecovery.run(folder, disk, evidence);
            found.live().forEach(opened::push);
            EndMark end = EndMark.open(folder, disk, endOf(found));
            opened.push(end);
            SegmentSupply supply = new SegmentSupply(folder, disk, options, found.nextNumber(), found.unused());
            opened.push(supply);
            Segments segments = new Segments(found.live(), found.mark());
            if (!found.goesOn()) {
                segments.add(supply.take().begin(found.nextLsn()));
            }
            FileLog log = new FileLog(folder, options, disk, segments, supply, end, forces);
            log.writer.start();
            return log;
        } catch (IOException | RuntimeException e) {
            opened.forEach(resource -> closeAfter(resource, e));
            throw e instanceof RuntimeException known ? known : cannotOpen(path, options, e);
        }
    }

    /** The end of the log as it was found; from now on everything up to it is known to have been there. */
    private static EndMark.Mark endOf(LogRecovery.Found found) throws IOException {
        long lsn = found.nextLsn() - 1;
        if (!found.goesOn()) {
            return new EndMark.Mark(lsn, found.nextNumber(), 0, 0);
        }
        Segment last = found.live().getLast();
        return new EndMark.Mark(
                lsn, last.number(), last.durableBytes(), last.file().size());
    }

    private static LogException cannotOpen(Path path, FileLogOptions options, Exception cause) {
        return new LogException(
                "cannot open the log in " + path + ": " + cause + ". It must be a folder this process may read and "
                        + "write, on a disk with room for files of up to " + options.segmentBytes() + " bytes.",
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
        if (payload.size() > RecordFrame.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a record has at most " + RecordFrame.PAYLOAD_BYTES_MAX + " bytes, this one has " + payload.size());
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
     * @throws LogException when records behind {@code afterLsn} were trimmed, or the log ends before {@code afterLsn}:
     *     it is not the log that was read so far
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
    public LogHealth health() {
        Optional<String> stall = gathering.stall();
        return new LogHealth(gathering.failure(), stall, stall.or(freeSpace::shortage), gathering.backlog());
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
                supply;
                end) {
            if (gathering.failure().isEmpty()) {
                end.force();
            }
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

    /** Writes urgent records if nobody else does; answers whether it did. */
    boolean writeUrgent(FileLogReader reader) {
        return writer.writeUrgent(reader);
    }

    int salt() {
        return folder.salt();
    }

    Segments segments() {
        return segments;
    }

    void forget(FileLogReader reader) {
        readers.remove(reader);
    }
}
