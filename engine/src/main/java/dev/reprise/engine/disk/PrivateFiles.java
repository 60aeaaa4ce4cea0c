package dev.reprise.engine.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates files and folders that only their owner may read and write, whatever the umask is, because the data of
 * invocations is private. On file systems without such permissions it creates them with the system's defaults. Existing
 * ones keep their permissions.
 */
public final class PrivateFiles {
    private static final Logger logger = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    /** Folders that others may enter and that have been warned of. */
    private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

    private PrivateFiles() {}

    /** Creates a folder and any missing parents, durably; warns once of a folder that others may enter. */
    public static void createFolder(Path folder) throws IOException {
        if (!isPosix(folder)) {
            Files.createDirectories(folder);
            return;
        }
        if (!Files.isDirectory(folder)) {
            Path missing = topmostMissing(folder);
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            forceNames(missing, folder);
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
        if (!FOLDER.containsAll(rights) && WARNED.add(folder.toRealPath())) {
            logger.warn(
                    "others than their owner may use {} ({}); new files in it are private, but take those rights away: "
                            + "chmod 700 {}",
                    folder,
                    PosixFilePermissions.toString(rights),
                    folder);
        }
    }

    private static Path topmostMissing(Path folder) {
        Path missing = folder.toAbsolutePath();
        for (Path above = missing.getParent(); above != null && !Files.exists(above); above = above.getParent()) {
            missing = above;
        }
        return missing;
    }

    /**
     * Makes the names of new folders durable, each in its parent: without that, what is forced inside of them could be
     * lost.
     */
    private static void forceNames(Path topmost, Path lowest) throws IOException {
        Path above = lowest.toAbsolutePath().getParent();
        while (above != null && above.startsWith(topmost)) {
            force(above);
            above = above.getParent();
        }
        if (above != null) {
            force(above);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            logger.warn(
                    "cannot open {} to make the new folder in it durable; a loss of power soon may lose it", folder, e);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens a file for reading and writing; creates it if it does not exist. */
    public static FileChannel open(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a file for writing, empty; creates it if it does not exist. */
    public static FileChannel openToWrite(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static FileChannel open(Path file, OpenOption... options) throws IOException {
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
        return FileChannel.open(file, Set.of(options), attributes);
    }

    /** Removes the permissions of others from the files in a folder that somebody else has created. */
    public static void makePrivate(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.toList();
        }
        for (Path file : files) {
            makeFilePrivate(file);
        }
    }

    private static void makeFilePrivate(Path file) throws IOException {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(file));
                if (rights.retainAll(FILE)) {
                    Files.setPosixFilePermissions(file, rights);
                }
            }
        } catch (NoSuchFileException e) {
            logger.debug("gone meanwhile", e);
        }
    }
}
