package dev.reprise.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Collects the results of what {@link Sends} wrote down. */
final class Attaches implements Scenario {
    private final List<String> accepted;

    Attaches(String idsFile) {
        try {
            accepted = Files.readAllLines(Path.of(idsFile));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what was accepted from " + idsFile, e);
        }
    }

    @Override
    public Call next(int worker, long sequence) {
        String[] idAndResult = accepted.get((int) sequence).split("\t", 2);
        return Call.read("/restate/invocation/" + idAndResult[0] + "/attach", idAndResult[1]);
    }
}
