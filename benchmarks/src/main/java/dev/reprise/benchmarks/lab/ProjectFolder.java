package dev.reprise.benchmarks.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies on disk: what is started was built there. */
public final class ProjectFolder {
    private ProjectFolder() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        Path candidate = folder;
        while (candidate != null && !Files.exists(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new BenchmarkException(
                    "Expected the project's folder, found " + folder + ". Run the benchmark inside of the project.");
        }
        return candidate;
    }
}
