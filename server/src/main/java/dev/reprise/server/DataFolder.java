package dev.reprise.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where everything of a node lies. The log, once open, keeps other processes out. */
record DataFolder(Path path) {
    private static final String PARTITIONS_FILE = "partitions";

    /** Creates what is missing. */
    static DataFolder create(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new StartException(
                    "cannot create the data folder " + path.toAbsolutePath() + ": " + e
                            + ". Make it one that this process may write to, or name another with --base-dir.",
                    e);
        }
        if (!Files.isWritable(path)) {
            throw new StartException(
                    "cannot write to the data folder " + path.toAbsolutePath()
                            + ". Make it one that this process may write to, or name another with --base-dir.",
                    new IOException("not writable: " + path));
        }
        return new DataFolder(path);
    }

    Path log() {
        return path.resolve("log");
    }

    Path store() {
        return path.resolve("store");
    }

    Path registry() {
        return path.resolve("registry.json");
    }

    /**
     * The number of partitions, which decides where everything lies: what the folder was made with, else what is wanted,
     * which it then keeps. Called while the log is open.
     */
    int partitions(int wanted) {
        Path file = path.resolve(PARTITIONS_FILE);
        try {
            if (!Files.exists(file)) {
                Path draft = path.resolve(PARTITIONS_FILE + ".new");
                Files.writeString(draft, Integer.toString(wanted));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Integer.parseInt(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw new StartException("the file " + file + " must hold the number of partitions: " + e, e);
        }
    }
}
