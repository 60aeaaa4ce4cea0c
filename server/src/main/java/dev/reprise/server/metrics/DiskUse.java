package dev.reprise.server.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The size of a folder, not counting files that vanish meanwhile. */
record DiskUse(Path folder) {
    double bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // A file was deleted while the folder was read; the next look will be complete.
            return Double.NaN;
        }
    }
}
