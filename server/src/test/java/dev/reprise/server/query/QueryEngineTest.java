package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static dev.reprise.server.query.Answers.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryEngineTest {
    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, InstantSource.system());
    private InvocationId caller = new InvocationId(0, 0, 0);
    private InvocationId holder = caller;
    private InvocationId queued = caller;

    @BeforeAll
    void invoke() {
        engine.send("All", null, "ok", "key-1", 0);
        engine.send("All", null, "fail", "key-2", 0);
        engine.send("All", null, "flaky");
        engine.send("All", null, "wait");
        engine.send("All", null, "slow");
        caller = engine.send("All", null, "caller");
        engine.send("Counter", "c1", "add", "key-3", 0);
        holder = engine.send("Counter", "c1", "hold");
        queued = engine.send("Counter", "c1", "add");
        engine.send("Flow", "w1", "run");
        engine.send("All", null, "ok", null, ScriptedServices.WAKE_UP_MILLIS);
        TestEngine.await(
                "everything to settle",
                () -> statuses()
                        .equals(List.of(
                                "All/caller running",
                                "All/fail completed",
                                "All/flaky backing-off",
                                "All/ok completed",
                                "All/ok scheduled",
                                "All/slow running",
                                "All/wait suspended",
                                "Counter/c1/add completed",
                                "Counter/c1/add pending",
                                "Counter/c1/hold running",
                                "Flow/w1/run running")));
        TestEngine.await(
                "the call to be answered",
                () -> first(queries, "SELECT count(*) FROM sys_journal WHERE id = '" + caller + "'")
                        .equals(List.of(4L)));
        TestEngine.await(
                "the workflow to wait",
                () -> first(queries, "SELECT count(*) FROM sys_promise").equals(List.of(3L)));
    }

    private List<?> statuses() {
        return first(
                queries,
                "SELECT target || ' ' || status FROM sys_invocation WHERE target <> 'Counter/c2/add' ORDER BY 1");
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void everyColumn_ofEveryTable_canBeAskedForByName() {
        List<Map<String, Object>> columns =
                rows(queries, "SELECT table_name, column_name FROM information_schema.columns");
        assertThat(columns).hasSizeGreaterThan(200);
        for (Map<String, Object> column : columns) {
            String sql = "SELECT " + column.get("column_name") + " FROM " + column.get("table_name") + " LIMIT 1";
            try (QueryResult result = queries.query(sql)) {
                assertThat(result.columns().getFirst().name()).isEqualTo(column.get("column_name"));
                result.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sys_invocation",
                "sys_invocation_status",
                "sys_invocation_state",
                "sys_journal",
                "sys_journal_events",
                "state",
                "sys_promise",
                "sys_keyed_service_status",
                "sys_inbox",
                "sys_service",
                "sys_deployment",
                "sys_idempotency",
                "sys_locks",
                "sys_waits"
            })
    void table_hasRows(String table) {
        assertThat(rows(queries, "SELECT * FROM " + table))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys_rules", "sys_scheduler", "sys_user_limits", "sys_vqueues"})
    void table_ofWhatThereIsNot_isEmpty(String table) {
        assertThat(rows(queries, "SELECT * FROM " + table)).isEmpty();
    }

    @Test
    void invocation_completed_hasItsResultAndItsTimes() {
        Map<String, Object> row = rows(queries, "SELECT * FROM sys_invocation WHERE target = 'All/fail'")
                .getFirst();
        assertThat(row)
                .containsEntry("status", "completed")
                .containsEntry("completion_result", "failure")
                .containsEntry("completion_failure", "[409] nope")
                .containsEntry("target_service_ty", "service")
                .containsEntry("invoked_by", "ingress")
                .containsEntry("idempotency_key", "key-2")
                .containsEntry("pinned_service_protocol_version", 7L)
                .containsEntry("journal_size", 2L)
                .containsEntry("journal_commands_size", 2L)
                .containsEntry("completion_retention", 86_400_000L)
                .containsKeys("created_at", "modified_at", "running_at", "completed_at", "pinned_deployment_id")
                .doesNotContainKeys("target_service_key", "retry_count", "inboxed_at", "scheduled_at");
    }

    @Test
    void invocation_thatFails_showsWhyItWaits() {
        Map<String, Object> row = rows(queries, "SELECT * FROM sys_invocation WHERE status = 'backing-off'")
                .getFirst();
        assertThat(row)
                .containsEntry("target", "All/flaky")
                .containsEntry("last_failure", "[500 Internal] boom\nat line 1")
                .containsEntry("last_failure_related_command_index", BigDecimal.ONE)
                .containsEntry("last_failure_related_command_name", "bad")
                .containsEntry("last_failure_related_command_type", "Run")
                .containsKeys("retry_count", "last_start_at", "last_attempt_deployment_id");
        assertThat(first(queries, "SELECT event_json FROM sys_journal_events WHERE event_type = 'TransientError'"))
                .containsExactly("{\"ty\":\"TransientError\",\"error_code\":500,\"error_message\":\"boom\","
                        + "\"error_stacktrace\":\"at line 1\",\"restate_doc_error_code\":\"RT0007\",\"related_command_index\":1,"
                        + "\"related_command_name\":\"bad\",\"related_command_type\":\"Run\"}");
    }

    /** Before, a text was read as hexadecimal digits: it found what it should not, or failed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "= '%s'",
                "IN ('nothing', '%s')",
                "LIKE '%s'",
                "ILIKE '%s'",
                "BETWEEN '%s' AND '%s'",
                "!= 'nothing'",
                ">= '%s'"
            })
    void bytes_comparedWithText_areReadAsText(String comparison) {
        String sql = "SELECT service_key, key FROM state WHERE %s " + comparison
                + " AND key = 'count' ORDER BY service_key, key";
        String value = (String)
                first(queries, "SELECT value_utf8 FROM state WHERE key = 'count' ORDER BY service_key, key LIMIT 1")
                        .getFirst();

        assertThat(rows(queries, sql.formatted("s.value", value, value).replace("FROM state", "FROM state s")))
                .isNotEmpty()
                .isEqualTo(rows(queries, sql.formatted("value_utf8", value, value)));
        assertThat(rows(queries, "SELECT key FROM state WHERE value LIKE 'nothing' OR value NOT LIKE '%%'"))
                .isEmpty();
    }

    @Test
    void invocation_suspended_saysWhatItWaitsFor() {
        assertThat(rows(
                        queries,
                        "SELECT suspended_waiting_for_completions, suspended_waiting_for_signals,"
                                + " suspended_waiting_future_json FROM sys_invocation WHERE status = 'suspended'"))
                .containsExactly(Map.of(
                        "suspended_waiting_for_completions",
                        List.of(1L),
                        "suspended_waiting_for_signals",
                        List.of(17L),
                        "suspended_waiting_future_json",
                        "{\"FirstCompleted\":[{\"Single\":{\"CompletionId\":1}},{\"Single\":{\"SignalIndex\":17}}]}"));
    }

    @Test
    void invocation_calledByAnother_namesIt() {
        assertThat(rows(
                        queries,
                        "SELECT invoked_by, invoked_by_id, invoked_by_target, invoked_by_service_name"
                                + " FROM sys_invocation WHERE target = 'Counter/c2/add'"))
                .containsExactly(Map.of(
                        "invoked_by", "service",
                        "invoked_by_id", caller.toString(),
                        "invoked_by_target", "All/caller",
                        "invoked_by_service_name", "All"));
    }

    @Test
    void journal_ofACaller_hasItsEntriesAsJson() {
        List<Map<String, Object>> entries = rows(
                queries,
                "SELECT index, entry_type, version, entry_lite_json, raw_length FROM sys_journal WHERE id = '" + caller
                        + "' ORDER BY index");
        String callee = String.valueOf(first(queries, "SELECT id FROM sys_invocation WHERE target = 'Counter/c2/add'")
                .getFirst());
        assertThat(entries)
                .extracting(entry -> entry.get("entry_type"))
                .containsExactly(
                        "Command: Input", "Command: Call", "Notification: CallInvocationId", "Notification: Call");
        assertThat(entries.get(1).get("entry_lite_json"))
                .isEqualTo("{\"Command\":{\"Call\":{\"invocation_id\":\"" + callee
                        + "\",\"invocation_target\":{\"VirtualObject\":{\"name\":\"Counter\",\"key\":\"c2\","
                        + "\"handler\":\"add\",\"handler_ty\":\"Exclusive\",\"scope\":null}},"
                        + "\"invocation_id_completion_id\":1,\"result_completion_id\":2}}}");
        assertThat(entries.get(3).get("entry_lite_json"))
                .isEqualTo("{\"Notification\":{\"ty\":{\"Completion\":\"Call\"},\"id\":{\"CompletionId\":2},"
                        + "\"result\":\"Success\"}}");
    }

    @Test
    void journal_ofAStep_hasItsNameAndItsResult() {
        assertThat(rows(
                        queries,
                        "SELECT j.name, j.entry_json FROM sys_journal j JOIN sys_invocation i ON i.id = j.id"
                                + " WHERE i.target = 'All/ok' AND j.entry_type LIKE '%Run' ORDER BY j.index"))
                .containsExactly(
                        Map.of(
                                "name",
                                "step",
                                "entry_json",
                                "{\"Command\":{\"Run\":{\"completion_id\":1,\"name\":\"step\"}}}"),
                        Map.of(
                                "entry_json",
                                "{\"Notification\":{\"Completion\":{\"Run\":{\"completion_id\":1,"
                                        + "\"result\":{\"Success\":[52,50]}}}}}"));
    }

    @Test
    void objects_showStateHolderAndQueue() {
        assertThat(rows(
                        queries,
                        "SELECT key, value_utf8, key_length, value_length FROM state"
                                + " WHERE service_name = 'Counter' AND service_key = 'c1' ORDER BY key"))
                .containsExactly(
                        Map.of(
                                "key",
                                "bin",
                                "key_length",
                                BigDecimal.valueOf(3),
                                "value_length",
                                BigDecimal.valueOf(3)),
                        Map.of(
                                "key",
                                "count",
                                "value_utf8",
                                "1",
                                "key_length",
                                BigDecimal.valueOf(5),
                                "value_length",
                                BigDecimal.ONE));
        assertThat(first(queries, "SELECT invocation_id FROM sys_keyed_service_status WHERE service_key = 'c1'"))
                .containsExactly(holder.toString());
        assertThat(first(queries, "SELECT id FROM sys_inbox")).containsExactly(queued.toString());
        assertThat(first(queries, "SELECT service_key FROM sys_inbox WHERE id = '" + queued + "'"))
                .containsExactly("c1");
        assertThat(first(queries, "SELECT lock_name FROM sys_locks")).containsExactly("Counter/c1");
    }

    @Test
    void promises_showTheirOutcomes() {
        assertThat(rows(
                        queries,
                        "SELECT key, completed, completion_success_value_utf8, completion_failure"
                                + " FROM sys_promise WHERE service_name = 'Flow' AND service_key = 'w1' ORDER BY key"))
                .containsExactly(
                        Map.of("key", "bad", "completed", true, "completion_failure", "[500 Internal] because"),
                        Map.of("key", "go", "completed", false),
                        Map.of("key", "started", "completed", true, "completion_success_value_utf8", "\"yes\""));
    }

    @Test
    void registry_showsServicesAndDeployments() {
        assertThat(rows(queries, "SELECT name, revision, public, ty FROM sys_service ORDER BY name"))
                .first()
                .isEqualTo(Map.of("name", "All", "revision", BigDecimal.ONE, "public", true, "ty", "service"));
        assertThat(rows(
                        queries,
                        "SELECT ty, endpoint, min_service_protocol_version, services, created_at FROM sys_deployment"))
                .containsExactly(Map.of(
                        "ty",
                        "http",
                        "endpoint",
                        "http://localhost:9080/",
                        "min_service_protocol_version",
                        5L,
                        "services",
                        List.of("All", "Counter", "Flow"),
                        "created_at",
                        1_700_000_000_000L));
    }

    @Test
    void idempotencyKeys_nameTheirInvocations() {
        assertThat(first(queries, "SELECT idempotency_key FROM sys_idempotency ORDER BY 1"))
                .containsExactly("key-1", "key-2", "key-3");
    }

    @Test
    void query_thatCannotBeAnswered_fails() {
        assertThatThrownBy(() -> rows(queries, "select 1/0"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .message()
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ; ",
                "selec 1",
                "select * from nope",
                "select nope from state",
                "select nope(1)",
                "select * from state where",
                "delete from state",
                "insert into state values (1)",
                "drop table state",
                "select first_value(id from state",
                "select interval '1 fortnight'"
            })
    void text_thatIsNoQuery_isRefused(String sql) {
        assertThatThrownBy(() -> rows(queries, sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SYNTAX));
    }
}
