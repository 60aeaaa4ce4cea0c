package dev.reprise.benchmarks.lab;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies on disk: what is started was built there. */
public final class ProjectFolder {
    private ProjectFolder() {}

    /** Found from this class, wherever the caller is. */
    public static Path root() {
        Path classes = Path.of(URI.create(ProjectFolder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Path candidate = classes;
        while (candidate != null && !Files.exists(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new BenchmarkException("Expected the benchmarks to lie in the project's folder, found them in "
                    + classes + ". Start them by ./reprise bench.");
        }
        return candidate;
    }
}
