package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log's folder: held by one process at a time, of a known format, its files in order. */
final class Folder {
    private static final String FORMAT = "reprise log 1";

    private final Path path;
    private final FileChannel lockChannel;

    private Folder(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    static Folder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new LogException("the log in " + path + " is in use by another process, or by this one. "
                        + "Close that one, or use another folder.");
            }
            checkFormat(path.resolve("FORMAT"));
            return new Folder(path, channel);
        } catch (IOException e) {
            throw new LogException(
                    "cannot open the log in " + path + ": " + e + ". "
                            + "It must be a folder this process may write to.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void checkFormat(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT);
        }
        String found = Files.readString(file);
        if (!found.equals(FORMAT)) {
            throw new LogException("the log's format is '" + found.strip() + "' (" + file + "), this version reads '"
                    + FORMAT + "'. Open it with the version that wrote it.");
        }
    }

    Path path() {
        return path;
    }

    /** Opens the segments in order; the last one's torn tail is cut, a gap anywhere else is an error. */
    List<Segment> openSegments(Consumer<Frame> visitor) throws IOException {
        List<Segment> segments = new ArrayList<>();
        List<Path> files = files();
        for (int i = 0; i < files.size(); i++) {
            Segment segment = Segment.open(files.get(i), firstLsnOf(files.get(i)), visitor);
            boolean last = i == files.size() - 1;
            if (!last && firstLsnOf(files.get(i + 1)) != segment.lastLsn() + 1) {
                throw new LogException("the log is damaged: " + segment.path() + " ends with LSN " + segment.lastLsn()
                        + ", the next file begins with " + firstLsnOf(files.get(i + 1))
                        + ". Restore the folder from a copy.");
            }
            if (segment.isEmpty()) {
                segment.close();
                Files.delete(segment.path());
            } else {
                segment.cutTail();
                segments.add(segment);
            }
        }
        return segments;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static long firstLsnOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - ".log".length()));
        } catch (NumberFormatException e) {
            throw new LogException("the file " + file + " does not belong to the log: its name must be an LSN. "
                    + "Move it elsewhere.");
        }
    }

    void close() throws IOException {
        lockChannel.close();
    }
}
