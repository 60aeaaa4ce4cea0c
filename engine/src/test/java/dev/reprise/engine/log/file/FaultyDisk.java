package dev.reprise.engine.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A disk that dies at a chosen operation, and then gives back for what was not forced a random mix of old and new
 * sectors, as a loss of power does. It forces nothing, so it is fast. Any thread.
 */
final class FaultyDisk implements Disk {
    private static final int SECTOR_BYTES = 64;

    private final Disk disk = Disk.ofSystem();
    private final List<Unforced> unforced = new ArrayList<>();
    private int operationsLeft = Integer.MAX_VALUE;
    private int forcesLeft = Integer.MAX_VALUE;
    private @Nullable String death;
    private boolean full;
    private boolean hangs;

    private record Unforced(Path path, long position, byte[] before) {}

    /** Dies at the write or force after so many more, which fails. */
    synchronized FaultyDisk diesAfterOperations(int operations) {
        operationsLeft = operations;
        return this;
    }

    /** Dies at the force after so many more, which fails; what it should have forced was written. */
    synchronized FaultyDisk diesAfterForces(int forces) {
        forcesLeft = forces;
        return this;
    }

    /** From now on there is no room to write, or there is again. */
    synchronized void full(boolean isFull) {
        full = isFull;
    }

    /** From now on no force returns, or all do again. */
    synchronized void hangs(boolean isHanging) {
        hangs = isHanging;
        notifyAll();
    }

    private synchronized void awaitAnswer() throws IOException {
        try {
            while (hangs) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    synchronized boolean isDead() {
        return death != null;
    }

    /** Puts back some of the old sectors; call it when nothing uses the files any more. */
    synchronized void losePower(Random random) throws IOException {
        for (Unforced write : unforced.reversed()) {
            if (!Files.exists(write.path())) {
                continue;
            }
            try (DiskFile file = disk.open(write.path())) {
                for (int at = 0; at < write.before().length; at += SECTOR_BYTES) {
                    if (random.nextBoolean()) {
                        int bytes = Math.min(SECTOR_BYTES, write.before().length - at);
                        file.write(ByteBuffer.wrap(write.before(), at, bytes), write.position() + at);
                    }
                }
            }
        }
        unforced.clear();
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new FaultyFile(path, disk.open(path));
    }

    @Override
    public DiskFile openToRead(Path path) throws IOException {
        return disk.openToRead(path);
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        if (death != null) {
            throw new IOException(death);
        }
    }

    private final class FaultyFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        private FaultyFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyDisk.this) {
                requireAlive();
                if (full) {
                    // A part arrives.
                    source.limit(source.position() + source.remaining() / 2);
                    file.write(source, position);
                    throw new IOException("No space left on device");
                }
                byte[] before = new byte[source.remaining()];
                file.read(ByteBuffer.wrap(before), position);
                unforced.add(new Unforced(path, position, before));
                boolean dies = --operationsLeft < 0;
                if (dies) {
                    // A part arrives.
                    source.limit(source.position() + source.remaining() / 2);
                }
                file.write(source, position);
                if (dies) {
                    throw die("no space left on the simulated device");
                }
            }
        }

        @Override
        public void force() throws IOException {
            awaitAnswer();
            synchronized (FaultyDisk.this) {
                requireAlive();
                if (--operationsLeft < 0 || --forcesLeft < 0) {
                    throw die("the simulated device reports an error");
                }
                unforced.removeIf(write -> write.path().equals(path));
            }
        }

        private void requireAlive() throws IOException {
            if (death != null) {
                throw new IOException(death);
            }
        }

        private IOException die(String message) {
            death = message;
            return new IOException(message);
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            file.read(target, position);
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
