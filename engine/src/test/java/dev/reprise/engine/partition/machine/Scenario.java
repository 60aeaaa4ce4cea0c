package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;

/**
 * Runs a scenario: records in, table changes and actions out. A line is a comment ({@code #}), empty, the number of
 * partitions ({@code partitions 2}), or an LSN and a record, which is appended as many seconds after the epoch as its
 * LSN says. Indented lines are what happened: {@code +}, {@code ~} and {@code -} for rows, {@code >} for actions.
 */
final class Scenario {
    private final Names names = new Names();
    private final ScenarioPrinter printer = new ScenarioPrinter(names);
    private final RowPrinter rows = new RowPrinter(names, printer);
    private final MemoryStore.Partition store = new MemoryStore().partition(0);
    private final PartitionTables tables = new PartitionTables(store);
    private final ScenarioParser parser = new ScenarioParser(names, tables);
    private final StringBuilder out = new StringBuilder();
    private PartitionStateMachine machine = new PartitionStateMachine(0, new Partitioning(1));

    /** The text with what really happened below each record. */
    static String run(String text) {
        Scenario scenario = new Scenario();
        text.lines().filter(line -> !line.startsWith("  ")).forEach(scenario::line);
        return scenario.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
        if (line.startsWith("partitions ")) {
            int count = Integer.parseInt(line.substring("partitions ".length()));
            machine = new PartitionStateMachine(0, new Partitioning(count));
        } else if (!line.isBlank() && !line.startsWith("#")) {
            apply(line);
        }
    }

    private void apply(String line) {
        List<String> words = Arrays.asList(line.trim().split("\\s+", -1));
        long lsn = Long.parseLong(words.getFirst());
        PartitionRecord record = parser.record(new Words(words.subList(1, words.size())));
        PartitionRecord decoded = PartitionRecordCodec.decode(PartitionRecordCodec.encode(record));
        NavigableMap<Bytes, Bytes> before = store.entries();
        List<Action> actions = machine.apply(lsn, lsn * 1000, decoded, tables);
        tables.applied(lsn);
        tables.commit();
        rows.diff(before, store.entries(), out);
        actions.forEach(
                action -> out.append("  > ").append(printer.action(action)).append('\n'));
        TableChecks.check(store.entries());
    }
}
