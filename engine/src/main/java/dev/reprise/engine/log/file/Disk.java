package dev.reprise.engine.log.file;

import dev.reprise.engine.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk as the log writes to it: the seam at which tests let it fail, tear and lose. */
interface Disk {
    /** Opens a file for reading and writing, empty if it does not exist. */
    DiskFile open(Path path) throws IOException;

    /** Opens a file that exists, for reading alone. */
    DiskFile openToRead(Path path) throws IOException;

    /** Makes the names in a folder durable: files created, renamed and deleted there. */
    void forceFolder(Path folder) throws IOException;

    /** One open file. A write is durable after the next {@link #force}. */
    interface DiskFile extends AutoCloseable {
        /** Writes all that remains in {@code source}. */
        void write(ByteBuffer source, long position) throws IOException;

        /** Reads until {@code target} is full or the file ends. */
        void read(ByteBuffer target, long position) throws IOException;

        /** Makes every write durable, and the file's size where it grew. */
        void force() throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The operating system's files. */
    static Disk ofSystem() {
        return new SystemDisk();
    }

    /** The operating system. */
    record SystemDisk() implements Disk {
        @Override
        public DiskFile open(Path path) throws IOException {
            return new ChannelFile(PrivateFiles.open(path));
        }

        @Override
        public DiskFile openToRead(Path path) throws IOException {
            return new ChannelFile(FileChannel.open(path, StandardOpenOption.READ));
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * A file of the operating system.
     *
     * <p>An interrupt of a thread in {@link FileChannel} closes the channel, so the file that is written is never shared
     * with a thread that anybody may interrupt.
     */
    record ChannelFile(FileChannel channel) implements DiskFile {
        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            long at = position;
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
