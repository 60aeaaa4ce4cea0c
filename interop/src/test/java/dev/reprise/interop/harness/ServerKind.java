package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two servers that must not be told apart. With {@code -Dinterop.self=true} the original stands in for ours: what differs
 * then is no difference between servers, but something that a comparison must not depend on.
 */
public enum ServerKind {
    /** The original, from its npm package. */
    ORIGINAL,
    /** Ours, from this build, started by the launcher of the distribution. */
    REPRISE;

    private static final Path BUILT = Folders.module().resolveSibling("server");

    List<String> command() {
        return isOriginal()
                ? List.of(NodeModules.originalServer().toString())
                : List.of(BUILT.resolve("src/main/dist/bin/reprise").toString(), "server");
    }

    /** What the process needs to find its parts, and to be as quick as the other. */
    Map<String, String> environment() {
        return isOriginal()
                ? Map.of("RESTATE_WORKER__CLEANUP_INTERVAL", "1s") // ours forgets what is not kept any more at once
                : Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "REPRISE_CLASS_PATH",
                                Objects.requireNonNullElseGet(
                                        System.getProperty("interop.class.path"), ServerKind::builtClassPath),
                        "REPRISE_CACHE",
                                Folders.module().resolve("target/server-cache").toString());
    }

    boolean isOriginal() {
        return this == ORIGINAL || Boolean.getBoolean("interop.self");
    }

    private static String builtClassPath() {
        Path target = BUILT.resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            String jar = files.map(Path::toString)
                    .filter(name -> name.matches(".*/reprise-server-[^/]*\\.jar"))
                    .collect(Collectors.joining(":"));
            return jar + ":" + Files.readString(target.resolve("classpath.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException("the build of module server should have filled " + target, e);
        }
    }
}
