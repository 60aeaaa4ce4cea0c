package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs programs of {@code src/test/browser}, which drive the page in a Chromium or look at its sources. */
public final class Browser {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Browser() {}

    /** A Chromium of this machine: {@code CHROMIUM} names one, else it is looked for on the path. */
    public static Optional<Path> chromium() {
        String named = System.getenv("CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The names of the tests that drive the page. */
    public static List<String> tests() {
        try (Stream<Path> files = Files.list(Folders.module().resolve("src/test/browser"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the tests that drive the page", e);
        }
    }

    /**
     * Runs Node and waits for it; answers what it printed.
     *
     * @throws AssertionError when it fails, with what it printed
     */
    public static String node(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(NodeModules.node().toString()));
        command.addAll(arguments);
        Child node = Child.start(
                command,
                environment,
                NodeModules.browser(),
                Folders.fresh("node").resolve("node.log"));
        if (node.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " failed: " + node.describe());
        }
        return node.printed();
    }
}
