package dev.reprise.engine.log.file;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The disk as the log writes to it. Here tests and the simulator can make it fail, tear writes, lose them and run full.
 */
public interface Disk {
    /** Opens a file for reading and writing, empty if it does not exist. */
    DiskFile open(Path path) throws IOException;

    /** Opens an existing file, for reading only. */
    DiskFile openToRead(Path path) throws IOException;

    /** Makes the names in a folder durable: files created, renamed and deleted there. */
    void forceFolder(Path folder) throws IOException;

    /** How much can still be written to the disk of a folder; empty if that is unknown. */
    default OptionalLong roomBytes(Path folder) {
        File disk = folder.toFile();
        return disk.getTotalSpace() > 0 ? OptionalLong.of(disk.getUsableSpace()) : OptionalLong.empty();
    }

    /** One open file. A write is durable after the next {@link #force}. */
    interface DiskFile extends AutoCloseable {
        /** Writes all that remains in {@code source}. */
        void write(ByteBuffer source, long position) throws IOException;

        /** Reads until {@code target} is full or the file ends. */
        void read(ByteBuffer target, long position) throws IOException;

        /** Makes every write durable, and the file's size if it grew. */
        void force() throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The operating system's files. */
    static Disk ofSystem() {
        return new SystemDisk();
    }
}
