package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that runs one of several Java sources in a folder, with this module's class path: a user's own program. */
public final class JavaProgram {
    private final Child child;

    private JavaProgram(Child child) {
        this.child = child;
    }

    /** Writes the sources, by their classes' names, to a new folder, and starts the program in {@code main}. */
    public static JavaProgram start(Map<String, String> sources, String main, String... arguments) {
        Path folder = Folders.fresh("program");
        try {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
        List<String> command = new ArrayList<>(List.of(
                JavaProcesses.java(),
                JavaProcesses.SHORT_LIVED,
                "-Xmx256m",
                "-cp",
                JavaProcesses.testClassPath(),
                main + ".java"));
        command.addAll(List.of(arguments));
        return new JavaProgram(Child.start(command, Map.of(), folder, folder.resolve("printed.log")));
    }

    /** Waits until it has printed {@code line}. */
    public void awaitLine(String line) {
        Eventually.until(
                "the line " + line,
                () -> {
                    boolean printed = child.printed().lines().anyMatch(line::equals);
                    if (!printed) {
                        child.requireAlive();
                    }
                    return printed;
                },
                child::describe);
    }

    /** Waits until it ends by itself. */
    public Ended ended() {
        return new Ended(child.exitCode(), child.printed());
    }

    /** Ends it by SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** How a program ended. */
    public record Ended(int exitCode, String printed) {}
}
