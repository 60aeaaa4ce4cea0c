package dev.reprise.interop.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A process that serves the contract with our SDK, as variant {@code RepriseKilled}. It can be killed and started again. */
public final class OurServices {
    private final Path folder = Folders.fresh("our-services");
    private final int port = Ports.free();
    private final List<String> identityKeys;
    private final AtomicReference<@Nullable Child> child = new AtomicReference<>();
    private int starts;

    private OurServices(List<String> identityKeys) {
        this.identityKeys = identityKeys;
    }

    /** Starts the services and waits until they listen; with keys they serve signed requests only. */
    public static OurServices launch(String... identityKeys) {
        OurServices services = new OurServices(List.of(identityKeys));
        services.start();
        return services;
    }

    /** Starts them at the address that they had. */
    public void start() {
        List<String> command = new ArrayList<>(Sdk.REPRISE.command());
        command.add(Integer.toString(port));
        command.addAll(identityKeys);
        starts++;
        Child started = Child.start(command, Map.of(), folder, folder.resolve(starts + ".log"));
        child.set(started);
        Eventually.until(
                "our services to listen",
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
            throw new IllegalStateException("our services were never started");
        }
        running.kill();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
