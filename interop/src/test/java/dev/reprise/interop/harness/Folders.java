package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the module keeps what it makes. Everything lies under {@code target}; nothing is deleted, so that it can be
 * read later.
 */
public final class Folders {
    private static final Path MODULE =
            Path.of(System.getProperty("interop.folder", ".")).toAbsolutePath().normalize();
    private static final Path RUNS = MODULE.resolve("target/runs");
    private static final String RUN = "run-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Folders() {}

    /** The folder of this module. */
    public static Path module() {
        return MODULE;
    }

    /** A new empty folder whose name begins with {@code name}. */
    public static Path fresh(String name) {
        try {
            return Files.createDirectories(RUNS.resolve(RUN).resolve(name + "-" + NEXT.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder under " + RUNS, e);
        }
    }
}
