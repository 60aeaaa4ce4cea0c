package dev.reprise.benchmarks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in the folder for results: {@code rows.jsonl} grows from run to run, {@code report.md} has the tables of all.
 */
public final class Results {
    private final Path rows;
    private final Path report;

    public Results(Path folder) {
        rows = folder.resolve("rows.jsonl");
        report = folder.resolve("report.md");
    }

    public void add(Row row) {
        try {
            Files.writeString(rows, Json.write(row) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rows, e);
        }
    }

    public List<Row> all() {
        if (!Files.exists(rows)) {
            throw new BenchmarkException("Expected rows in " + rows + ", found no such file. Measure something first.");
        }
        try {
            List<Row> found = new ArrayList<>();
            for (String line : Files.readAllLines(rows)) {
                found.add(Json.read(line, Row.class));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + rows, e);
        }
    }

    /** Writes the tables of all rows and gives them. */
    public String report() {
        String tables = Tables.render(all());
        try {
            Files.writeString(report, tables);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + report, e);
        }
        return tables;
    }
}
