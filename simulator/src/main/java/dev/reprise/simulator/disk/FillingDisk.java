package dev.reprise.simulator.disk;

import dev.reprise.engine.log.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The system's disk, which sometimes has no room. Then only a few bytes of a write arrive. Any thread. */
final class FillingDisk implements Disk {
    /** Less than any record has, so that what survives a crash does not depend on when the log tried to write. */
    private static final int ARRIVING_BYTES_MAX = 7;

    private final Disk disk = Disk.ofSystem();
    private volatile boolean full;

    /** Sets whether there is room to write. */
    void full(boolean isFull) {
        full = isFull;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new FillingFile(disk.open(path));
    }

    @Override
    public DiskFile openToRead(Path path) throws IOException {
        return disk.openToRead(path);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    private final class FillingFile implements DiskFile {
        private final DiskFile file;

        FillingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (!full) {
                file.write(source, position);
                return;
            }
            source.limit(source.position() + Math.min(ARRIVING_BYTES_MAX, source.remaining()));
            file.write(source, position);
            throw new IOException("No space left on device");
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            file.read(target, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
