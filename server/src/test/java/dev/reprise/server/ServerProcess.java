package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as a user starts it. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code Main} on this test's class path. */
    static ServerProcess start(Path folder, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(flags));
        return start(folder, command, Map.of());
    }

    static ServerProcess start(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(folder, "server", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RESTATE_") || name.equals("RUST_LOG"));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + output, e);
        }
    }

    /** The port on which the log says that something is served. */
    int port(String what) {
        Pattern line = Pattern.compile("serving the " + what + " on port (\\d+)");
        await("the port of the " + what, () -> line.matcher(output()).find());
        Matcher matcher = line.matcher(output());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    String get(String what, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port(what) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " does not answer; the server said: " + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + uri + " was asked", e);
        }
    }

    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    void terminate() {
        process.destroy();
    }

    /** Waits for the end by itself. */
    int exitCode() {
        assertThat(process.onExit())
                .as("the process ends; it said: %s", output())
                .succeedsWithin(PATIENCE);
        return process.exitValue();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive())
                    .as("alive, until %s; it said: %s", what, output())
                    .isTrue();
            assertThat(System.nanoTime())
                    .as("in time: %s; it said: %s", what, output())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
