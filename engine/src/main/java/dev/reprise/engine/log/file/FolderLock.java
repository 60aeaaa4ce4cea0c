package dev.reprise.engine.log.file;

import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.log.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right of one log in one process to use a folder; the operating system takes it back when the process dies. */
final class FolderLock implements AutoCloseable {
    /**
     * The folders in use by this process. This is state of the process, like the locks themselves: a second channel on
     * the same file would, when closed, release the first one's lock, so it must not be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock acquire(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw new LogException("the log in " + folder + " is in use by this process. Close that log first, or use "
                    + "another folder.");
        }
        FileChannel channel = null;
        try {
            channel = PrivateFiles.open(real.resolve("LOCK"));
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(real, channel);
            }
        } catch (IOException | RuntimeException e) {
            release(real, channel);
            throw e;
        }
        release(real, channel);
        throw new LogException("the log in " + folder + " is in use by another process. Stop that process, or use "
                + "another folder.");
    }

    private static void release(Path folder, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(folder);
        }
    }

    @Override
    public void close() throws IOException {
        release(folder, channel);
    }
}
