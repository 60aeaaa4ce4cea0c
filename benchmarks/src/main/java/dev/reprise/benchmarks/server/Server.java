package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.Folders;
import dev.reprise.benchmarks.lab.Json;
import dev.reprise.benchmarks.lab.Ports;
import dev.reprise.benchmarks.lab.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server on a folder and ports of its own. It can be killed and started again. */
final class Server {
    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration REGISTRATION_MAX = Duration.ofMinutes(2);
    private static final String GREETING = "\"hello\"";

    private final String name;
    private final Command command;
    private final Path folder;
    private final Path log;
    private final int ingressPort = Ports.free();
    private final int adminPort = Ports.free();
    private final int nodePort = Ports.free();
    private @Nullable Child child;

    /**
     * A server that is not started yet.
     *
     * @param folder its own, which must not exist
     * @param log what it prints
     */
    Server(String name, Command command, Path folder, Path log) {
        this.name = name;
        this.command = command;
        this.folder = folder;
        this.log = log;
    }

    /** Starts it on what its folder holds and gives the seconds until it is healthy. */
    double start() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Map<String, String> placeholders = Map.of(
                "data", folder.toString(),
                "ingress", Integer.toString(ingressPort),
                "admin", Integer.toString(adminPort),
                "node", Integer.toString(nodePort));
        Child started = Child.start(command.filledWith(placeholders), variables(), folder, log);
        child = started;
        return Waiting.until(name + " to become healthy, see " + log, START_MAX, () -> {
            started.requireAlive();
            return Http.get(ingress("/restate/health")).isSuccess()
                    && Http.get(admin("/health")).isSuccess();
        });
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("RESTATE_BASE_DIR", folder.toString());
        variables.put("RESTATE_INGRESS__BIND_ADDRESS", "127.0.0.1:" + ingressPort);
        variables.put("RESTATE_ADMIN__BIND_ADDRESS", "127.0.0.1:" + adminPort);
        variables.put("RESTATE_BIND_ADDRESS", "127.0.0.1:" + nodePort);
        variables.put("RESTATE_ADVERTISED_ADDRESS", "http://127.0.0.1:" + nodePort);
        variables.put("DO_NOT_TRACK", "1");
        return variables;
    }

    /** Registers a service, which may take several attempts while the server comes up. */
    void register(Service service) throws InterruptedException {
        String body = Json.write(Map.of("uri", service.address().toString()));
        Waiting.until(
                name + " to take a deployment",
                REGISTRATION_MAX,
                () -> succeeds(Http.post(admin("/deployments"), body)));
    }

    /** Waits for the first right answer: healthy does not mean able to serve. */
    void awaitServing() throws InterruptedException {
        Waiting.until(
                name + " to serve", REGISTRATION_MAX, () -> succeeds(Http.post(ingress("/Bench/noop"), GREETING)));
    }

    private static boolean succeeds(Http.Reply reply) throws IOException {
        if (!reply.isSuccess()) {
            throw new IOException("answer " + reply.status() + " " + reply.body());
        }
        return true;
    }

    int ingressPort() {
        return ingressPort;
    }

    URI ingress(String path) {
        return URI.create("http://127.0.0.1:" + ingressPort + path);
    }

    private URI admin(String path) {
        return URI.create("http://127.0.0.1:" + adminPort + path);
    }

    long pid() {
        return running().pid();
    }

    /** Ends it by SIGKILL; its folder stays. */
    void kill() {
        running().kill();
    }

    /** Ends it and removes its folder. */
    void remove() throws IOException, InterruptedException {
        running().end();
        Folders.delete(folder);
    }

    private Child running() {
        return Objects.requireNonNull(child, "the server was never started");
    }
}
