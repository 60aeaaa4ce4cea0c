package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The two servers that must not be told apart. With {@code -Dinterop.self=true} the original stands in for ours: what
 * differs then is no difference between servers, but something that a comparison must not depend on.
 */
public enum ServerKind {
    /** The original, from its npm package. */
    ORIGINAL,
    /** Ours, from this build, started by the launcher of the distribution. */
    REPRISE;

    private static final Path BUILT = Folders.module().resolveSibling("server");
    private static final Path PROGRAM = BUILT.resolve("src/main/dist/bin/reprise");

    List<String> command() {
        return isOriginal() ? List.of(NodeModules.originalServer().toString()) : List.of(PROGRAM.toString(), "server");
    }

    /** What the process needs to find its parts, and to be as quick as the other. */
    Map<String, String> environment() {
        return isOriginal()
                ? Map.of("RESTATE_WORKER__CLEANUP_INTERVAL", "1s") // ours forgets what is not kept any more at once
                : Launcher.ENVIRONMENT;
    }

    /**
     * Our launcher's settings. Its cache is made before the first start, which would go on without and make it beside.
     */
    private static final class Launcher {
        static final Map<String, String> ENVIRONMENT = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "REPRISE_CLASS_PATH",
                System.getProperty(
                        "interop.class.path",
                        BUILT.resolve("target/reprise-server.jar").toString()),
                "REPRISE_CACHE",
                Folders.module().resolve("target/server-cache").toString());

        static {
            prepare();
        }

        private static void prepare() {
            ProcessBuilder prepare = new ProcessBuilder(PROGRAM.toString(), "prepare").inheritIO();
            prepare.environment().putAll(ENVIRONMENT);
            try {
                int code = prepare.start().waitFor();
                if (code != 0) {
                    throw new IllegalStateException("the server's cache could not be made, exit code " + code);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot run " + PROGRAM, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the server's cache was made", e);
            }
        }
    }

    boolean isOriginal() {
        return this == ORIGINAL || Boolean.getBoolean("interop.self");
    }
}
