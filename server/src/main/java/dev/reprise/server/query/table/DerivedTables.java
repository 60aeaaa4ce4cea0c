package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.large;
import static dev.reprise.server.query.table.TableColumn.none;
import static dev.reprise.server.query.table.TableColumn.text;

import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.HeldObject;
import dev.reprise.server.query.output.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tables of Restate that show what other tables contain in another form, or features that Reprise does not have: those
 * are empty, so that queries for them are answered.
 */
public final class DerivedTables {
    private static final double ROWS_EXPECTED = 1_000;

    /* A column without a type is a text. */
    private static final Map<String, String> EMPTY = Map.of(
            "sys_rules",
            "pattern concurrency:uint32 description disabled:boolean version:uint32 last_modified:timestamp",
            "sys_scheduler",
            """
            partition_key:uint64 id num_inbox:uint64 status head_entry_id scheduled_at:timestamp blocked_on
            blocked_on_json invoker_concurrency_block_duration:duration throttling_rules_block_duration:duration
            invoker_throttling_block_duration:duration invoker_memory_block_duration:duration
            concurrency_rules_block_duration:duration lock_block_duration:duration
            deployment_concurrency_block_duration:duration""",
            "sys_user_limits",
            """
            partition_key:uint64 scope l1 l2 level usage:uint32 concurrency_limit:uint32 rule_pattern available:uint32
            num_waiters:uint64""",
            "sys_vqueues",
            """
            partition_key:uint64 id stage status has_lock:boolean run_at:timestamp sequence_number:uint64 entry_id
            entry_kind created_at:timestamp transitioned_at:timestamp num_attempts:uint32 num_errors:uint32
            num_pauses:uint32 num_suspensions:uint32 num_yields:uint32 first_attempt_at:timestamp
            latest_attempt_at:timestamp first_runnable_at:timestamp deployment""");

    private DerivedTables() {}

    public static List<SystemTable<?>> of(Sources sources) {
        List<SystemTable<?>> tables = new ArrayList<>();
        tables.add(new SystemTable<>("sys_idempotency", ROWS_EXPECTED, idempotency(), sources::withIdempotencyKey)
                .lookedUpBy("invocation_id"));
        tables.add(new SystemTable<>(
                "sys_locks", ROWS_EXPECTED, locks(), bounds -> sources.objects(bounds, PartitionReads::heldObjects)));
        EMPTY.keySet().stream().sorted().map(DerivedTables::empty).forEach(tables::add);
        return tables;
    }

    private static List<TableColumn<InvocationRow>> idempotency() {
        return List.of(
                large("partition_key", row -> row.id().partitionKey()),
                text("service_name", row -> row.target().service()),
                text("service_key", row -> row.target().key()),
                text("service_handler", row -> row.target().handler()),
                text("idempotency_key", row -> row.invocation().request().idempotencyKey()),
                text("invocation_id", row -> row.id()));
    }

    private static List<TableColumn<HeldObject>> locks() {
        return List.of(
                large("partition_key", row -> ObjectTables.partitionKey(row.key(), row.scope())),
                text("scope", HeldObject::scope),
                text("lock_name", row -> row.service() + "/" + row.key()),
                none("acquired_at", ColumnType.TIMESTAMP),
                text("acquired_by", HeldObject::holder));
    }

    private static SystemTable<?> empty(String name) {
        List<TableColumn<Object>> columns = new ArrayList<>();
        for (String column : EMPTY.getOrDefault(name, "").split("\\s+", -1)) {
            String[] parts = column.split(":", 2);
            ColumnType type =
                    parts.length == 1 ? ColumnType.TEXT : ColumnType.valueOf(parts[1].toUpperCase(Locale.ROOT));
            columns.add(none(parts[0], type));
        }
        return new SystemTable<>(name, 1, columns, _ -> List.<Object>of().iterator());
    }
}
