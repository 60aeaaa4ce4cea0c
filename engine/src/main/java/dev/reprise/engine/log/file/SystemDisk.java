package dev.reprise.engine.log.file;

import dev.reprise.engine.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The operating system's files. */
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

    /**
     * A file of the operating system.
     *
     * <p>An interrupt of a thread in a {@link FileChannel} closes the channel, so the file that is written is never
     * shared with a thread that anybody may interrupt.
     */
    private record ChannelFile(FileChannel channel) implements DiskFile {
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
