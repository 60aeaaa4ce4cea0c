package dev.reprise.examples.demo;

import dev.reprise.examples.trip.TripServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A trip server in a process of its own, so that it can be killed. */
final class TripProcess implements AutoCloseable {
    private static final String READY = "listening on ";

    private final Process process;
    private final int port;
    private final String page;

    private TripProcess(Process process, int port, String page) {
        this.process = process;
        this.port = port;
        this.page = page;
    }

    /** Starts one and waits until it and its page listen. */
    static TripProcess start(Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TripServer.class.getName(),
                        folder.toString(),
                        "0",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the trip server did not start; it said: " + line);
        }
        String page = String.valueOf(output.readLine());
        return new TripProcess(
                process, Integer.parseInt(line.substring(READY.length())), page.substring(page.indexOf("http")));
    }

    /** The address of the web page. */
    String page() {
        return page;
    }

    /** Waits until it is ended. */
    void await() throws InterruptedException {
        process.waitFor();
    }

    long pid() {
        return process.pid();
    }

    String uri(String path) {
        return "http://localhost:" + port + path;
    }

    /** SIGKILL: no shutdown hook, no flush. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
