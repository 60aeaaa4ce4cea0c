package dev.reprise.engine;

import dev.reprise.engine.partition.StoredFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where everything of a node lies, and the files that say how it is to be read. A crash leaves each of them whole or not
 * there. The log, once open, keeps other processes out.
 */
public record DataFolder(Path path) {
    private static final String FORMAT_FILE = "FORMAT";
    private static final String FORMAT = "reprise data ";
    private static final String PARTITIONS_FILE = "partitions";

    /**
     * Creates the folder if it does not exist, and checks that this version can read what is in it.
     *
     * @throws DataFolderException when it cannot be used, or another version has written it
     */
    public static DataFolder open(Path path) {
        DataFolder folder = new DataFolder(path);
        try {
            Files.createDirectories(path);
            folder.checkFormat();
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        return folder;
    }

    public Path log() {
        return path.resolve("log");
    }

    public Path store() {
        return path.resolve("store");
    }

    private void checkFormat() throws IOException {
        String mine = FORMAT + StoredFormat.VERSION;
        String found = readOrWrite(FORMAT_FILE, mine);
        if (!found.equals(mine)) {
            throw new DataFolderException("the folder " + path.toAbsolutePath() + " holds '" + found
                    + "', this version reads and writes '" + mine
                    + "'. Open it with the version that wrote it, or use another folder.");
        }
    }

    /**
     * The number of partitions, which decides where everything lies: what the folder was made with, else what is wanted,
     * which it then keeps. Called while the log is open.
     *
     * @throws DataFolderException when the file that says it is damaged
     */
    public int partitions(int wanted) {
        String found;
        try {
            found = readOrWrite(PARTITIONS_FILE, Integer.toString(wanted));
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!found.matches("[1-9]\\d{0,8}")) {
            throw new DataFolderException("the file "
                    + path.resolve(PARTITIONS_FILE).toAbsolutePath() + " must hold the number of partitions, it holds '"
                    + found + "'. Restore the folder from a copy.");
        }
        return Integer.parseInt(found);
    }

    /** What a file says; an empty one, as a crash of an earlier version may have left, says nothing yet. */
    private String readOrWrite(String name, String text) throws IOException {
        Path file = path.resolve(name);
        if (Files.exists(file)) {
            String found = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
            if (!found.isEmpty()) {
                return found;
            }
        }
        write(file, text);
        return text;
    }

    private void write(Path file, String text) throws IOException {
        Path draft = path.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap((text + '\n').getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private DataFolderException unusable(IOException cause) {
        return new DataFolderException(
                "cannot use the data folder " + path.toAbsolutePath() + ": " + cause
                        + ". It must be one that this process may read and write.",
                cause);
    }
}
