package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.count;
import static dev.reprise.server.query.table.TableColumn.large;
import static dev.reprise.server.query.table.TableColumn.none;
import static dev.reprise.server.query.table.TableColumn.text;
import static dev.reprise.server.query.table.TableColumn.time;

import dev.reprise.engine.partition.reads.PartitionReads.OwnedEntry;
import dev.reprise.engine.partition.reads.PartitionReads.OwnedEvent;
import dev.reprise.server.query.output.ColumnType;
import java.util.List;

/** The tables of journals and of their events. */
public final class JournalTables {
    private static final double ENTRIES_EXPECTED = 1_000_000;
    private static final double EVENTS_EXPECTED = 10_000;

    /* A byte is a number of up to three digits, and a comma. */
    private static final int NUMBER_LENGTH_MAX = 4;
    /* A control character of a text. */
    private static final int ESCAPED_LENGTH_MAX = 6;

    /* The original calls journals of the protocols since V4 so. */
    private static final int JOURNAL_VERSION = 2;

    private JournalTables() {}

    public static List<SystemTable<?>> of(Sources sources) {
        return List.of(
                new SystemTable<>("sys_journal", ENTRIES_EXPECTED, entries(sources), sources::entries)
                        .lookedUpBy("id")
                        .withPayload(row -> row.entry().message().body().size()),
                new SystemTable<>("sys_journal_events", EVENTS_EXPECTED, events(), sources::events)
                        .lookedUpBy("id")
                        .withPayload(row -> FailureText.length(row.event().event())));
    }

    /**
     * The original fills invoked_id, invoked_target, sleep_wakeup_at, promise_name and completed for older journals.
     */
    private static List<TableColumn<OwnedEntry>> entries(Sources sources) {
        return List.of(
                large("partition_key", row -> row.invocationId().partitionKey()),
                text("id", OwnedEntry::invocationId),
                count("index", row -> row.entry().index()),
                text(
                        "entry_type",
                        row -> EntryJson.entryType(row.entry().message().type())),
                TableColumn.<OwnedEntry>text(
                                "name", row -> EntryJson.name(row.entry().message()))
                        .growing(1),
                none("completed", ColumnType.BOOLEAN),
                none("invoked_id", ColumnType.TEXT),
                none("invoked_target", ColumnType.TEXT),
                none("sleep_wakeup_at", ColumnType.TIMESTAMP),
                none("promise_name", ColumnType.TEXT),
                new TableColumn<OwnedEntry>(
                                "raw",
                                ColumnType.BINARY,
                                row -> ObjectTables.binary(row.entry().message().body()))
                        .growing(1),
                large("raw_length", row -> (long) row.entry().message().body().size()),
                count("version", _ -> JOURNAL_VERSION),
                TableColumn.<OwnedEntry>text(
                                "entry_json", row -> EntryJson.of(row.entry().message(), sources.callees(row)))
                        .growing(NUMBER_LENGTH_MAX),
                TableColumn.<OwnedEntry>text(
                                "entry_lite_json",
                                row -> EntryJson.lite(row.entry().message(), sources.callees(row)))
                        .growing(1),
                time("appended_at", row -> row.entry().appendTimeMillis()));
    }

    private static List<TableColumn<OwnedEvent>> events() {
        return List.of(
                large("partition_key", row -> row.invocationId().partitionKey()),
                text("id", OwnedEvent::invocationId),
                count("after_journal_entry_index", row -> row.event().afterEntryIndex()),
                time("appended_at", row -> row.event().appendTimeMillis()),
                text("event_type", row -> FailureText.eventType(row.event().event())),
                TableColumn.<OwnedEvent>text(
                                "event_json",
                                row -> FailureText.eventJson(row.event().event()))
                        .growing(ESCAPED_LENGTH_MAX));
    }
}
