package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code END}: how far the log is known to be durable. Written after each force and before anybody is told of
 * its records, itself not forced: so it is exact after a crash of the process, and old after a loss of power, but never
 * ahead of the log. Whatever it knows of and the log does not have was there and is lost.
 *
 * <p>The file has two slots in different sectors, written in turn, so that one is whole whatever happens to the other.
 * A slot, all numbers big-endian:
 *
 * <pre>
 * 0   checksum       4  CRC-32C of all that follows
 * 4   salt           4  that of the log's frames
 * 8   LSN            8  of the last durable record
 * 16  segment        8  the number of the segment that holds it, or will hold the next
 * 24  end            8  where in that segment the next record goes
 * 32  segment size   8  the file's size at that time
 * </pre>
 *
 * Used by the one who writes the log.
 */
final class EndMark implements AutoCloseable {
    static final String FILE = "END";

    private static final Logger logger = LoggerFactory.getLogger(EndMark.class);
    private static final Mark NOTHING = new Mark(-1, 0, 0, 0);
    private static final int SLOT_BYTES = 40;
    private static final int CHECKED_FROM = 4;
    private static final int SECOND_SLOT_AT = 4096;

    private final Path folder;
    private final DiskFile file;
    private final int salt;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT_BYTES);
    private boolean second;
    private boolean trails;

    /**
     * The content of the file.
     *
     * @param lsn the last record known to be durable
     * @param segment the segment that holds it, or will hold the next one
     * @param end where the next record goes in that segment
     * @param segmentBytes the size of that file
     */
    record Mark(long lsn, long segment, long end, long segmentBytes) {}

    private EndMark(Path folder, DiskFile file, int salt) {
        this.folder = folder;
        this.file = file;
        this.salt = salt;
    }

    /**
     * Opens the file in a log's folder for writing and writes this content durably. If the file is new, it appears
     * whole or not at all.
     */
    static EndMark open(Folder folder, Disk disk, Mark mark) throws IOException {
        Path path = folder.path().resolve(FILE);
        boolean isThere = Files.exists(path);
        Path written = isThere ? path : folder.path().resolve(FILE + ".new");
        EndMark end = new EndMark(folder.path(), disk.open(written), folder.salt());
        try {
            end.writeDurably(mark);
            if (!isThere) {
                Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
                folder.force();
            }
            return end;
        } catch (IOException | RuntimeException e) {
            end.close();
            throw e;
        }
    }

    /** Reads the file in a folder; empty if there is none. */
    static Optional<Mark> read(Path folder, Disk disk, int salt) throws IOException {
        Path path = folder.resolve(FILE);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (DiskFile file = disk.openToRead(path)) {
            Mark first = readSlot(file, 0, salt);
            Mark second = readSlot(file, SECOND_SLOT_AT, salt);
            if (first.lsn() < 0 && second.lsn() < 0) {
                throw new LogException("the log is damaged: " + path
                        + " should say where the log ends, and says nothing " + "that belongs to this log");
            }
            return Optional.of(first.lsn() >= second.lsn() ? first : second);
        }
    }

    /** The content of a slot; LSN -1 for nothing. */
    private static Mark readSlot(DiskFile file, long at, int salt) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        file.read(slot, at);
        CRC32C crc = new CRC32C();
        crc.update(slot.array(), CHECKED_FROM, SLOT_BYTES - CHECKED_FROM);
        boolean isWhole =
                slot.position() == SLOT_BYTES && slot.getInt(0) == (int) crc.getValue() && slot.getInt(4) == salt;
        return isWhole ? new Mark(slot.getLong(8), slot.getLong(16), slot.getLong(24), slot.getLong(32)) : NOTHING;
    }

    /** Notes that everything up to {@code lsn} is durable. */
    void write(long lsn, long segment, long end, long segmentBytes) throws IOException {
        slot.clear()
                .putInt(0)
                .putInt(salt)
                .putLong(lsn)
                .putLong(segment)
                .putLong(end)
                .putLong(segmentBytes);
        crc.reset();
        crc.update(slot.flip().position(CHECKED_FROM));
        slot.rewind().putInt(0, (int) crc.getValue());
        try {
            file.write(slot, second ? SECOND_SLOT_AT : 0);
            second = !second;
            trails = false;
        } catch (IOException e) {
            if (!NoRoom.isCauseOf(e, folder)) {
                throw e;
            }
            if (!trails) {
                trails = true;
                logger.warn(
                        "the log in {} has no room to note where it ends; what is lost now is harder to notice",
                        folder,
                        e);
            }
        }
    }

    /** Writes this content to both slots. */
    private void writeDurably(Mark mark) throws IOException {
        write(mark.lsn(), mark.segment(), mark.end(), mark.segmentBytes());
        write(mark.lsn(), mark.segment(), mark.end(), mark.segmentBytes());
        file.force();
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
