package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of the tests. Its output goes to a file; it ends by SIGKILL, at the latest with this JVM. */
public final class Child {
    private static final int SHOWN_CHARS = 8_000;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code command} in {@code folder}; what it prints is added to the end of {@code log}. */
    static Child start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RESTATE_"));
        builder.environment().putAll(environment);
        try {
            Child child = new Child(builder.start(), log);
            Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** What it has printed so far. */
    public String printed() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** The end of what it has printed, for the message of a failed test. */
    public String describe() {
        String all = printed();
        String end = all.substring(Math.max(0, all.length() - SHOWN_CHARS));
        return (process.isAlive() ? "alive" : "exit code " + process.exitValue()) + ", log " + log + ":\n" + end;
    }

    /** Fails when it has ended by itself. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the process has ended: " + describe());
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        return process.onExit().join().exitValue();
    }

    /** Ends it by SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
