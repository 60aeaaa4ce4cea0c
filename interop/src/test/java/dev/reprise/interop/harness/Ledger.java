package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A process of services that can be killed and started again. They note in a file that outlives them which steps they
 * execute and which results their handlers see, one behind the other.
 */
public final class Ledger {
    private final Sdk sdk;
    private final int port = Ports.free();
    private final Path folder = Folders.fresh("ledger");
    private final Path file = folder.resolve("noted");
    private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

    private Ledger(Sdk sdk) {
        this.sdk = sdk;
    }

    /** What happened to a step of an invocation: it was executed with this value, or the handler saw this value. */
    public record Note(boolean isSeen, String invocation, String step, String value) {}

    /** Starts the services and waits until they listen. */
    public static Ledger launch(Sdk sdk) {
        Ledger ledger = new Ledger(sdk);
        ledger.start();
        return ledger;
    }

    /** Starts them at the address that they had. */
    public void start() {
        Path log = Folders.fresh("ledger-process").resolve("ledger.log");
        Map<String, String> environment = Map.of("LEDGER_FILE", file.toString());
        Child started = Child.start(sdk.ledgerCommand(port), environment, NodeModules.folder(), log);
        child.set(started);
        Eventually.until(
                "the ledger to listen",
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
            throw new IllegalStateException("the ledger was never started");
        }
        running.kill();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Everything that was noted, in order. A line that was cut by a kill holds nothing that anybody relies on. */
    public List<Note> notes() {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(words -> words.length == 4)
                    .map(words -> new Note("seen".equals(words[0]), words[1], words[2], words[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
