package dev.reprise.engine.log.file;

import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The log's folder: used by one log at a time, of a known format; knows the names of the files. */
final class Folder implements AutoCloseable {
    static final String FORMAT_FILE = "FORMAT";
    static final String TRIMMED_FILE = "TRIMMED";

    private static final String FORMAT = "reprise log ";
    private static final String OF = "of ";
    private static final int VERSION = 2;
    private static final Pattern SEGMENT_NAME = Pattern.compile("(\\d{12})\\.log");

    private final Path path;
    private final Disk disk;
    private final String identity;
    private final FolderLock lock;

    private Folder(Path path, Disk disk, String identity, FolderLock lock) {
        this.path = path;
        this.disk = disk;
        this.identity = identity;
        this.lock = lock;
    }

    static Folder open(Path path, Disk disk, String identity, Evidence evidence) throws IOException {
        PrivateFiles.createFolder(path);
        FolderLock lock = FolderLock.acquire(path);
        Folder folder = new Folder(path, disk, identity, lock);
        try {
            folder.checkFormat(evidence);
            return folder;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void checkFormat(Evidence evidence) throws IOException {
        Path file = path.resolve(FORMAT_FILE);
        String mine = FORMAT + VERSION + '\n' + (identity.isEmpty() ? "" : OF + identity + '\n');
        if (!Files.exists(file)) {
            if (!segments().isEmpty()) {
                evidence.damaged(
                        path + " has segments but no file " + FORMAT_FILE
                                + " that says their version and whose they are",
                        "they are taken for this folder's, of version " + VERSION);
            }
            replace(FORMAT_FILE, mine);
        }
        String found = readText(file).strip();
        List<String> lines = found.lines().toList();
        int version = versionOf(lines.isEmpty() ? "" : lines.getFirst(), file);
        if (version != VERSION) {
            throw new LogException("the log in " + path + " has version " + version + ", this program reads version "
                    + VERSION + ". Open it with the program that wrote it, or a newer one.");
        }
        if (!found.equals(mine.strip())) {
            throw new LogException(
                    "the log in " + path + " is not this folder's: its file " + FORMAT_FILE + " should say '"
                            + oneLine(mine) + "', it says '" + oneLine(found) + "'. Put the folder's own log back.");
        }
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ');
    }

    /** Makes the checksums of this log's frames different from those of any other log. */
    int salt() {
        CRC32C crc = new CRC32C();
        crc.update(identity.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    void delete(Path file) throws IOException {
        Files.delete(file);
    }

    private static int versionOf(String found, Path file) {
        try {
            if (found.startsWith(FORMAT)) {
                return Integer.parseInt(found.substring(FORMAT.length()));
            }
        } catch (NumberFormatException e) {
            throw unreadable(found, file, e);
        }
        throw unreadable(found, file, null);
    }

    private static LogException unreadable(String found, Path file, @Nullable NumberFormatException cause) {
        String message = "the log's format file " + file + " should say '" + FORMAT + VERSION + "', it says '" + found
                + "'. Is this the log's folder? If so, restore it from a copy.";
        return cause == null ? new LogException(message) : new LogException(message, cause);
    }

    Path path() {
        return path;
    }

    TrimMark readTrimMark() throws IOException {
        Path file = path.resolve(TRIMMED_FILE);
        return Files.exists(file) ? TrimMark.decode(readText(file), file) : TrimMark.START;
    }

    void writeTrimMark(TrimMark mark) throws IOException {
        replace(TRIMMED_FILE, mark.encode());
    }

    Path segment(long number) {
        return path.resolve("%012d.log".formatted(number));
    }

    /** All segment files by number. */
    NavigableMap<Long, Path> segments() throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> {
                Matcher name = SEGMENT_NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(Long.valueOf(name.group(1)), file);
                }
            });
        }
        return found;
    }

    /** Makes the names of files durable. */
    void force() throws IOException {
        disk.forceFolder(path);
    }

    private static String readText(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** Replaces a small file so that a crash leaves the old or the new text. */
    private void replace(String name, String text) throws IOException {
        Path draft = path.resolve(name + ".new");
        Files.deleteIfExists(draft);
        try (DiskFile file = disk.open(draft)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
            file.force();
        }
        Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
