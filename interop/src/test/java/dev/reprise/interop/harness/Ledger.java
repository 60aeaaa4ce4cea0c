package dev.reprise.interop.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service process that can be killed: its handlers note every run that they execute in a file that outlives them. */
public final class Ledger {
    private final int port = Ports.free();
    private final Path folder = Folders.fresh("ledger");
    private final Path file = folder.resolve("executed");
    private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

    /** A step that was executed: whose, its name, and when. */
    public record Execution(String invocation, String step, Instant at) {}

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts the process and waits until it listens. */
    public void start() {
        List<String> command = List.of(NodeModules.node().toString(), "main.mjs", "ledger", String.valueOf(port));
        Path log = Folders.fresh("ledger-process").resolve("Ledger.log");
        Child started = Child.start(command, Map.of("LEDGER_FILE", file.toString()), NodeModules.folder(), log);
        child.set(started);
        Eventually.until("the ledger to listen", () -> started.printed().contains("ready"), started::describe);
    }

    public void kill() {
        Child running = child.get();
        if (running != null) {
            running.kill();
        }
    }

    /** Everything that was executed, in the order of the file. */
    public List<Execution> executions() {
        try {
            List<Execution> executions = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                executions.add(new Execution(parts[0], parts[1], Instant.ofEpochMilli(Long.parseLong(parts[2]))));
            }
            return executions;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** When the result of each of an invocation's steps was recorded, by the step's name. */
    public static Map<String, Instant> recorded(Server server, String invocation) {
        Map<Integer, String> names = new HashMap<>();
        Map<String, Instant> recorded = new HashMap<>();
        String sql = "SELECT index, entry_lite_json, appended_at FROM sys_journal WHERE id = '%s' ORDER BY index";
        for (JsonNode row : server.query(sql.formatted(invocation))) {
            JsonNode entry = Json.parse(row.path("entry_lite_json").asText());
            JsonNode run = entry.path("Command").path("Run");
            if (run.isObject()) {
                names.put(run.path("completion_id").asInt(), run.path("name").asText());
            }
            int completion =
                    entry.path("Notification").path("id").path("CompletionId").asInt(-1);
            if (names.containsKey(completion)) {
                recorded.put(
                        names.get(completion),
                        Instant.parse(row.path("appended_at").asText()));
            }
        }
        return recorded;
    }
}
