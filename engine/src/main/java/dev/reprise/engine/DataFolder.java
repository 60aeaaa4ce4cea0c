package dev.reprise.engine;

import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.partition.StoredFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The folder with all data of a node, and its file {@code FORMAT}, which says how to read it: the version that wrote
 * it, the node's identity, so that the parts know each other, the number of partitions, and whether services are
 * registered in it. The file ends with a checksum; after a crash it is whole or absent. The log, once open, keeps other
 * processes out.
 */
public final class DataFolder {
    private static final String FORMAT_FILE = "FORMAT";
    private static final String FORMAT = "reprise data ";
    private static final Pattern TEXT = Pattern.compile("""
            (?<facts>reprise data \\d+
            folder (?<identity>[0-9a-f]{16})
            partitions (?<partitions>[1-9]\\d{0,8})
            registry (?<registry>yes|no)
            )checksum (?<checksum>[0-9a-f]{1,8})
            """);
    private static final String LOG = "log";
    private static final String STORE = "store";
    private static final String REGISTRY = "registry.json";

    private final Path path;
    private final String identity;
    private final int partitions;
    private final boolean hasRegistry;

    private DataFolder(Path path, String identity, int partitions, boolean hasRegistry) {
        this.path = path;
        this.identity = identity;
        this.partitions = partitions;
        this.hasRegistry = hasRegistry;
    }

    /**
     * Opens a folder, and creates it if it does not exist or is empty.
     *
     * @param partitions how many partitions a new folder has; an existing one keeps its own
     * @throws DataFolderException when the folder cannot be used, was written by another version, or has parts missing
     */
    public static DataFolder open(Path path, int partitions) {
        if (Files.isRegularFile(path)) {
            throw new DataFolderException("cannot use the data folder " + path.toAbsolutePath()
                    + ": it is a file. It must be a folder that this process may read and write, or not exist yet.");
        }
        try {
            PrivateFiles.createFolder(path);
            Path file = path.resolve(FORMAT_FILE);
            if (!Files.exists(file)) {
                requireEmpty(path);
                byte[] random = new byte[8];
                new SecureRandom().nextBytes(random);
                new DataFolder(path, HexFormat.of().formatHex(random), partitions, false).write(false);
            }
            return read(path, file);
        } catch (IOException e) {
            throw new DataFolderException(
                    "cannot use the data folder " + path.toAbsolutePath() + ": " + e
                            + ". It must be one that this process may read and write.",
                    e);
        }
    }

    private static void requireEmpty(Path path) {
        List<String> found = List.of(LOG, STORE, REGISTRY, "partitions").stream()
                .filter(part -> Files.exists(path.resolve(part)))
                .toList();
        if (!found.isEmpty()) {
            throw new DataFolderException("the folder " + path.toAbsolutePath() + " has no file " + FORMAT_FILE
                    + " that says how it is to be read, but it has " + String.join(", ", found)
                    + ". Restore that file from a copy of this folder, or use another folder.");
        }
    }

    private static DataFolder read(Path path, Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String version = text.lines().findFirst().orElse("");
        String mine = FORMAT + StoredFormat.VERSION;
        if (version.matches(FORMAT + "\\d+") && !version.equals(mine)) {
            throw new DataFolderException("the folder " + path.toAbsolutePath() + " holds '" + version
                    + "', this version reads and writes '" + mine
                    + "'. Open it with the version that wrote it, or use another folder.");
        }
        Matcher known = TEXT.matcher(text);
        if (!known.matches() || !checksum(known.group("facts")).equals(known.group("checksum"))) {
            throw new DataFolderException(
                    "the file " + file.toAbsolutePath() + " should say how the folder is to be read"
                            + " and end with the checksum of that, it says '"
                            + text.strip().replace('\n', ' ') + "'. Restore that file from a copy of this folder.");
        }
        return new DataFolder(
                path,
                known.group("identity"),
                Integer.parseInt(known.group("partitions")),
                "yes".equals(known.group("registry")));
    }

    public Path path() {
        return path;
    }

    public Path log() {
        return path.resolve(LOG);
    }

    public Path store() {
        return path.resolve(STORE);
    }

    /** The number of partitions, which decides where every row is. */
    public int partitions() {
        return partitions;
    }

    /** What tells this folder and its parts from others. */
    public String identity() {
        return identity;
    }

    /** The file of registered services. */
    public Path registry() {
        return path.resolve(REGISTRY);
    }

    /**
     * Whether services are registered in the folder, so that {@link #registry()} must exist.
     *
     * @param acceptsLoss whether to continue without the file when it is missing
     * @throws DataFolderException when it is missing
     */
    public boolean requireRegistry(boolean acceptsLoss) {
        if (hasRegistry && !Files.exists(registry()) && !acceptsLoss) {
            throw new DataFolderException("the folder " + path.toAbsolutePath() + " has no file " + REGISTRY
                    + " with the registered services, but it had one. Restore that file from a copy of this folder, or "
                    + "accept the loss (--accept-loss) and register the deployments again.");
        }
        return hasRegistry && Files.exists(registry());
    }

    /** Notes that services are registered in the folder; the file with them must exist by now. */
    public void noteRegistry() {
        try {
            write(true);
        } catch (IOException e) {
            throw new DataFolderException("cannot write to the data folder " + path.toAbsolutePath() + ": " + e, e);
        }
    }

    /** Writes the file; creates a new one only if nobody else has done so meanwhile. */
    private void write(boolean withRegistry) throws IOException {
        String facts = FORMAT + StoredFormat.VERSION + "\nfolder " + identity + "\npartitions " + partitions
                + "\nregistry " + (withRegistry ? "yes" : "no") + '\n';
        Path file = path.resolve(FORMAT_FILE);
        Path draft = Files.createTempFile(path, FORMAT_FILE, ".new");
        try (FileChannel channel = PrivateFiles.openToWrite(draft)) {
            ByteBuffer bytes = ByteBuffer.wrap(
                    (facts + "checksum " + checksum(facts) + '\n').getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (Files.exists(file)) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            link(draft, file);
        }
        try (FileChannel folder = FileChannel.open(path)) {
            folder.force(true);
        }
    }

    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            // Another process was faster, and its file counts. The log decides which of the two continues.
        } catch (IOException | UnsupportedOperationException _) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}
