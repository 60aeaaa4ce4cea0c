package dev.reprise.benchmarks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark. Its output goes to a file; it ends with this JVM at the latest. */
public final class Child {
    private static final int SHOWN_CHARS = 4_000;
    private static final int ORDERLY_END_SECONDS = 20;
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process.
     *
     * @param variables for the process, in place of all {@code RESTATE_} ones that this one has
     * @param folder where it runs
     * @param log what it prints goes to the end of this file
     */
    public static Child start(Command command, Map<String, String> variables, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RESTATE_"));
        builder.environment().putAll(command.environment());
        builder.environment().putAll(variables);
        try {
            Child child = new Child(builder.start(), log);
            ALIVE.add(child.process);
            return child;
        } catch (IOException e) {
            throw new BenchmarkException("Cannot start " + command.words().getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Runs a process to its end and gives what it printed; it must end with code 0. */
    public static String run(Command command, Path folder, Path log) throws InterruptedException {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Child child = start(command, Map.of(), folder, log);
        int code = child.process.waitFor();
        ALIVE.remove(child.process);
        if (code != 0) {
            throw new BenchmarkException(String.join(" ", command.words()) + " failed: " + child.describe());
        }
        return child.printed();
    }

    public long pid() {
        return process.pid();
    }

    /** Fails when it has ended by itself. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchmarkException("A process has ended that should go on: " + describe());
        }
    }

    /** Its state and the end of what it has printed. */
    public String describe() {
        String all = printed();
        String end = all.substring(Math.max(0, all.length() - SHOWN_CHARS));
        return (process.isAlive() ? "alive" : "exit code " + process.exitValue()) + ", log " + log + ":\n" + end;
    }

    private String printed() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** Stops it where it stands, by SIGSTOP; then only {@link #kill} helps. */
    public void freeze() throws InterruptedException {
        Command stop = new Command(List.of("sh", "-c", "kill -STOP " + pid()), Map.of());
        run(stop, Path.of("").toAbsolutePath(), log.resolveSibling("freeze.log"));
    }

    /** Ends it by SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
        ALIVE.remove(process);
    }

    /** Ends it by SIGTERM, and if that takes too long, by SIGKILL. */
    public void end() throws InterruptedException {
        process.destroy();
        process.waitFor(ORDERLY_END_SECONDS, TimeUnit.SECONDS);
        kill();
    }
}
