package dev.reprise.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Services that note in a file, which outlives their process, which steps they execute and which results their handlers
 * see, one behind the other.
 */
public final class Ledger {
    private final Path file = Folders.fresh("ledger").resolve("noted");
    private final ServicesProcess process;

    private Ledger(Sdk sdk) {
        process = ServicesProcess.launch(
                "ledger", NodeModules.folder(), Map.of("LEDGER_FILE", file.toString()), sdk::ledgerCommand);
    }

    /** What happened to a step of an invocation: it was executed with this value, or the handler saw this value. */
    public record Note(boolean isSeen, String invocation, String step, String value) {}

    /** Starts the services and waits until they listen. */
    public static Ledger launch(Sdk sdk) {
        return new Ledger(sdk);
    }

    /** The process that serves them. */
    public ServicesProcess process() {
        return process;
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
