package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

/** A process of its own, a server as a user starts it or a service, which says in its output what it serves where. */
final class ChildProcess implements AutoCloseable {
    /** Its processes live for a short time. */
    static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code Main} on this test's class path. */
    static ChildProcess server(Path folder, String... flags) throws IOException {
        return java(folder, Main.class, flags);
    }

    /** Starts {@code Main} with more in its environment, a folder for its data and free ports. */
    static ChildProcess server(Path folder, Map<String, String> environment, String... flags) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"));
        all.addAll(List.of(flags));
        return java(folder, List.of(), environment, Main.class, all.toArray(String[]::new));
    }

    /** Starts {@code Main} with these settings, a folder for its data and free ports. */
    static ChildProcess configuredServer(Path folder, String settings) throws IOException {
        Path config = Files.writeString(folder.resolve("server.toml"), settings);
        return server(folder, flags(config));
    }

    private static String[] flags(Path config) {
        return new String[] {
            "--config-file",
            config.toString(),
            "--base-dir",
            "data",
            "--bind-ip",
            "127.0.0.1",
            "--use-random-ports",
            "true"
        };
    }

    /** The same with a heap of so many MiB; the process ends when that is too little, as the one that users start. */
    static ChildProcess configuredServer(Path folder, String settings, int heapMiB) throws IOException {
        Path config = Files.writeString(folder.resolve("server.toml"), settings);
        return java(
                folder,
                List.of("-Xmx" + heapMiB + "m", "-XX:+ExitOnOutOfMemoryError"),
                Map.of(),
                Main.class,
                flags(config));
    }

    /** Starts {@code Main} in a JVM with these flags, in a folder for its data and on free ports. */
    static ChildProcess serverInJvm(Path folder, List<String> jvmFlags) throws IOException {
        String[] flags = {"--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"};
        return java(folder, jvmFlags, Map.of(), Main.class, flags);
    }

    /** The same below a shell that sets a umask. */
    static ChildProcess serverWithUmask(Path folder, String umask, List<String> jvmFlags) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\""));
        command.addAll(command(
                jvmFlags, Main.class, "--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"));
        return start(folder, command, Map.of());
    }

    /** Starts the main method of a class on this test's class path. */
    static ChildProcess java(Path folder, Class<?> main, String... arguments) throws IOException {
        return java(folder, List.of(), Map.of(), main, arguments);
    }

    private static ChildProcess java(
            Path folder, List<String> jvmFlags, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        return start(folder, command(jvmFlags, main, arguments), environment);
    }

    private static List<String> command(List<String> jvmFlags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(StartCache.flags());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", StartCache.CLASS_PATH, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static ChildProcess start(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(folder, "process", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RESTATE_") || name.equals("RUST_LOG"));
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + output, e);
        }
    }

    /** The port on which the output says that something is served. */
    int port(String what) {
        Pattern line = Pattern.compile("serving the " + what + " on port (\\d+)");
        await("the port of the " + what, () -> line.matcher(output()).find());
        Matcher matcher = line.matcher(output());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    URI uri(String what, String path) {
        return URI.create("http://127.0.0.1:" + port(what) + path);
    }

    String get(String what, String path) {
        return response(what, path).body();
    }

    HttpResponse<String> response(String what, String path) {
        return send(HttpRequest.newBuilder(uri(what, path)));
    }

    /** Sends JSON. */
    HttpResponse<String> post(String what, String path, String json) {
        return send(HttpRequest.newBuilder(uri(what, path))
                .header("content-type", "application/json")
                .header("accept", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Asks with SQL; an answer of this media type is wanted. */
    HttpResponse<String> query(String sql, String accept) {
        return send(HttpRequest.newBuilder(uri("admin API", "/query"))
                .header("content-type", "application/json")
                .header("accept", accept)
                .POST(BodyPublishers.ofString("{\"query\":\"" + sql + "\"}")));
    }

    /** Sends PATCH without a body. */
    HttpResponse<String> patch(String what, String path) {
        return send(HttpRequest.newBuilder(uri(what, path)).method("PATCH", BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest request =
                builder.version(HttpClient.Version.HTTP_1_1).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " does not answer; the process said: " + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + request.uri() + " was asked", e);
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

    /** Waits, while the process lives, until something holds. */
    void await(String what, BooleanSupplier condition) {
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
