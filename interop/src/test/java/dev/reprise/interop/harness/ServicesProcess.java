package dev.reprise.interop.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A process of services that can be killed and started again, at the address that it had. */
public final class ServicesProcess {
    private final String name;
    private final Path folder;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private final List<String> command;
    private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

    private ServicesProcess(
            String name, Path folder, Map<String, String> environment, IntFunction<List<String>> command) {
        this.name = name;
        this.folder = folder;
        this.environment = environment;
        this.command = command.apply(port);
    }

    /**
     * Starts services and waits until they listen.
     *
     * @param folder where they run
     * @param command what serves them at a port, and says {@code ready} when it does
     */
    static ServicesProcess launch(
            String name, Path folder, Map<String, String> environment, IntFunction<List<String>> command) {
        ServicesProcess services = new ServicesProcess(name, folder, environment, command);
        services.start();
        return services;
    }

    /** Serves the contract with our SDK, as variant {@code RepriseKilled}; with keys it serves signed requests only. */
    public static ServicesProcess ofOurSdk(String... identityKeys) {
        return launch("our-services", Folders.fresh("our-services"), Map.of(), port -> {
            List<String> command = new ArrayList<>(Sdk.REPRISE.command());
            command.add(Integer.toString(port));
            command.addAll(List.of(identityKeys));
            return command;
        });
    }

    /** Starts them again and waits until they listen. */
    public void start() {
        Path log = Folders.fresh(name + "-process").resolve("log");
        Child started = Child.start(command, environment, folder, log);
        child.set(started);
        Eventually.until(
                name + " to listen",
                () -> {
                    started.requireAlive();
                    return started.printed().lines().anyMatch("ready"::equals);
                },
                started::describe);
    }

    /** Ends them by SIGKILL. */
    public void kill() {
        Child running = child.get();
        if (running == null) {
            throw new IllegalStateException(name + " was never started");
        }
        running.kill();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
