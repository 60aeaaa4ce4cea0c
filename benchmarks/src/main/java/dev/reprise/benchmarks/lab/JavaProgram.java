package dev.reprise.benchmarks.lab;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Programs that run with the JDK of this process. */
public final class JavaProgram {
    private JavaProgram() {}

    /** The path of {@code java}. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of this process, for one that runs in another folder. */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A main class with arguments, and the JVM's defaults. */
    public static Command command(String main, String classPath, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED", "-cp", classPath, main));
        words.addAll(List.of(arguments));
        return new Command(words, Map.of());
    }
}
