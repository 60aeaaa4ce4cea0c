package dev.reprise.server.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The size of a folder, files that vanish meanwhile left out. */
record DiskUse(Path folder) {
    double bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // A file that is given up while the folder is read; the next look will do.
            return Double.NaN;
        }
    }
}
