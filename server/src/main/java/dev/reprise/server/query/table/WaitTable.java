package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.bool;
import static dev.reprise.server.query.table.TableColumn.text;
import static dev.reprise.server.query.table.TableColumn.time;

import dev.reprise.engine.Engine;
import java.util.List;

/** The table {@code sys_waits}: who waits, and for what. A cycle of required waits is a deadlock. */
public final class WaitTable {
    private static final double WAITS_EXPECTED = 10_000;

    private WaitTable() {}

    public static List<SystemTable<?>> of(Engine engine) {
        return List.of(new SystemTable<>("sys_waits", WAITS_EXPECTED, columns(), new WaitReads(engine)::waits)
                .lookedUpBy("waiting_id"));
    }

    private static List<TableColumn<Wait>> columns() {
        return List.of(
                text("waiting_id", Wait::waiting),
                text("waiting_target", Wait::target),
                text("what", row -> row.what().kind()),
                text("name", row -> row.what().name()),
                text("for_id", row -> row.what().id()),
                text("for_target", row -> row.what().target()),
                bool("required", Wait::isRequired),
                time("until", row -> row.what().untilMillis()),
                time("since", Wait::sinceMillis));
    }
}
