package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two servers that must not be told apart. With {@code -Dinterop.self=true} the original stands in for ours: what differs
 * then is no difference between servers, but something that a comparison must not depend on.
 */
public enum ServerKind {
    /** The original, from its npm package. */
    ORIGINAL,
    /** Ours, from this build. */
    REPRISE;

    List<String> command() {
        return switch (this) {
            case ORIGINAL -> List.of(NodeModules.originalServer().toString());
            case REPRISE -> Boolean.getBoolean("interop.self") ? ORIGINAL.command() : reprise();
        };
    }

    private static List<String> reprise() {
        String classPath = classPath();
        String main = "dev.reprise.server.Main";
        return List.of(JavaProcesses.java(), "--enable-native-access=ALL-UNNAMED", "-Xmx1g", "-cp", classPath, main);
    }

    private static String classPath() {
        Path file = Folders.module().resolve("target/server.classpath");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the build should have written our server's class path to " + file, e);
        }
    }
}
