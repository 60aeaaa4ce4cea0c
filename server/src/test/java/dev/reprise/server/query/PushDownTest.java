package dev.reprise.server.query;

import static dev.reprise.server.query.Answers.first;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.call.Call;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.query.execution.QueryLimits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows of the store queries read, of some thousand that are there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PushDownTest {
    private static final int OBJECTS = 3_000;

    private final TestEngine engine = new TestEngine();
    private final QueryEngine queries = new QueryEngine(engine.engine, QueryLimits.DEFAULT, InstantSource.system());
    private String id = "";

    @BeforeAll
    void invoke() {
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            sent.add(engine.engine.send(
                    new Call("Counter", "k" + i, "add", Bytes.utf8("1"), List.of(), "key-" + i, null, null, 0, null)));
        }
        sent.forEach(future -> future.orTimeout(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
        InvocationId held = engine.send("Counter", "k7", "hold");
        engine.send("Counter", "k7", "add");
        engine.send("All", null, "ok", null, ScriptedServices.WAKE_UP_MILLIS);
        engine.engine
                .send(new Call("Counter", "k7", "add", Bytes.utf8("1"), List.of(), "scoped", "tenant", null, 0, null))
                .join();
        id = held.toString();
        engine.send("All", null, "wait");
        InvocationId paused = engine.send("All", null, "wait");
        TestEngine.await(
                "two to be suspended",
                () -> first(queries, "SELECT count(*) FROM sys_invocation WHERE status = 'suspended'")
                        .equals(List.of(2L)));
        engine.engine.pause(paused).join();
        TestEngine.await(
                "all to complete",
                () -> first(queries, "SELECT count(*) FROM sys_invocation_status WHERE status = 'completed'")
                        .equals(List.of(OBJECTS + 1L)));
        TestEngine.await(
                "the object to be held",
                () -> first(queries, "SELECT count(*) FROM sys_invocation WHERE status = 'running'")
                        .equals(List.of(1L)));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private long rowsReadBy(String sql, int rowsExpected) {
        return engine.store.rowsReadBy(() -> assertThat(first(queries, sql)).hasSize(rowsExpected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM sys_invocation WHERE id = '{id}' | 1 | 4",
                "SELECT * FROM sys_invocation_status WHERE id IN ('{id}', 'inv_unknown') | 1 | 4",
                "SELECT * FROM sys_invocation WHERE '{id}' = id AND status = 'running' | 1 | 4",
                "SELECT * FROM sys_journal WHERE id = '{id}' | 2 | 8",
                "SELECT * FROM sys_journal_events WHERE id = '{id}' | 0 | 4",
                "SELECT * FROM sys_inbox WHERE service_name = 'Counter' AND service_key = 'k7' | 1 | 4",
                "SELECT * FROM state WHERE service_name = 'Counter' AND service_key = 'k8' | 2 | 4",
                "SELECT * FROM state WHERE service_key = 'k8' AND service_name IN ('Counter', 'Flow') AND key = 'bin' | 1 | 4",
                "SELECT * FROM sys_keyed_service_status WHERE service_key = 'k7' AND service_name = 'Counter' | 1 | 4",
                "SELECT * FROM sys_invocation WHERE target_service_key = 'k7' AND scope IS NULL | 3 | 12",
                "SELECT * FROM sys_invocation WHERE scope IS NULL AND target_service_key IN ('k1', 'k2') | 2 | 12",
                "SELECT * FROM sys_invocation WHERE scope = 'tenant' | 1 | 6",
                "SELECT * FROM sys_invocation WHERE status = 'running' | 1 | 6",
                "SELECT * FROM sys_invocation WHERE status IN ('pending', 'ready') | 1 | 8",
                "SELECT * FROM sys_invocation_status WHERE status = 'scheduled' LIMIT 1 | 1 | 6",
                "SELECT * FROM sys_invocation WHERE status = 'suspended' | 1 | 8",
                "SELECT * FROM sys_invocation_status WHERE status IN ('paused', 'inboxed') | 2 | 8",
                "SELECT * FROM sys_invocation WHERE target_service_name = 'All' AND status <> 'completed' | 3 | 16",
                "SELECT * FROM sys_invocation WHERE status NOT IN ('completed', 'paused') | 4 | 24",
                "SELECT * FROM sys_invocation_status WHERE status = 'invoked' AND target_service_name = 'Flow' | 0 | 0",
                "SELECT * FROM sys_keyed_service_status WHERE service_name = 'Flow' | 0 | 0",
                "SELECT * FROM sys_inbox WHERE service_name = 'Counter' | 1 | 4",
                "SELECT * FROM sys_promise WHERE service_name = 'Counter' | 0 | 0",
                "SELECT * FROM state WHERE service_key = 'k9' | 2 | 24"
            })
    void filter_isLookedUp(String sql, int rows, int readMax) {
        assertThat(rowsReadBy(sql.replace("{id}", id), rows)).isLessThanOrEqualTo(readMax);
    }

    @Test
    void key_withoutAScope_isFoundInAnyScope() {
        String ofKey = " WHERE service_name = 'Counter' AND service_key = 'k7' AND key = 'count'";
        assertThat(rowsReadBy("SELECT value FROM state" + ofKey, 2)).isLessThanOrEqualTo(6);
        assertThat(rowsReadBy("SELECT value FROM state" + ofKey + " AND scope = 'tenant'", 1))
                .isLessThanOrEqualTo(4);
        assertThat(rowsReadBy("SELECT id FROM sys_invocation WHERE target_service_key = 'k7'", 4))
                .isPositive();
    }

    @Test
    void join_ofAnIdWithItsJournal_readsBoth() {
        String sql = "SELECT i.id FROM sys_invocation i JOIN sys_journal j ON i.id = j.id WHERE i.id = '" + id
                + "' AND j.id = '" + id + "'";
        assertThat(rowsReadBy(sql, 2)).isLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT j.* FROM sys_journal j JOIN sys_invocation i ON i.id = j.id WHERE i.status = 'running' | 2 | 12",
                "SELECT j.id FROM sys_journal j, sys_invocation i WHERE i.status = 'paused' AND i.id = j.id | 2 | 12",
                "SELECT id, entry_type FROM sys_journal WHERE id IN (SELECT id FROM sys_invocation WHERE status = 'suspended') | 2 | 12",
                "SELECT i.id, j.name FROM sys_invocation i LEFT JOIN sys_journal j ON j.id = i.id AND j.entry_type = 'x'"
                        + " WHERE i.status = 'scheduled' | 1 | 12",
                "SELECT h.service_key, i.status FROM sys_keyed_service_status h LEFT JOIN sys_invocation i"
                        + " ON h.invocation_id = i.id | 1 | 12",
                "SELECT i.id FROM sys_inbox b JOIN sys_invocation i ON i.id = b.id JOIN sys_journal j ON j.id = i.id | 1 | 16",
                "SELECT e.event_type FROM sys_invocation_status i JOIN sys_journal_events e ON e.id = i.id"
                        + " WHERE i.status = 'paused' | 2 | 12"
            })
    void join_byId_looksUpWhatIsLeft(String sql, int rows, int readMax) {
        assertThat(rowsReadBy(sql, rows)).isLessThanOrEqualTo(readMax);
    }

    /* The least that the store is asked for at once is 16 rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM sys_invocation LIMIT 5",
                "SELECT id FROM sys_invocation LIMIT 5 OFFSET 4",
                "SELECT id FROM sys_invocation WHERE status = 'completed' LIMIT 5",
                "SELECT id FROM sys_invocation WHERE target_service_name = 'Counter' LIMIT 5",
                "SELECT upper(target) FROM (SELECT * FROM sys_invocation) WHERE target LIKE 'Counter/%' LIMIT 5",
                "SELECT key FROM state LIMIT 5"
            })
    void limit_endsTheReading(String sql) {
        assertThat(rowsReadBy(sql, 5)).isLessThanOrEqualTo(20);
    }

    @Test
    void query_withoutALimit_readsAll() {
        assertThat(rowsReadBy("SELECT id FROM sys_invocation", OBJECTS + 6)).isGreaterThan(OBJECTS);
    }

    @Test
    void column_thatNobodyAsksFor_isNotComputed() {
        long without = rowsReadBy("SELECT id, target FROM sys_invocation", OBJECTS + 6);
        long with = rowsReadBy("SELECT id, journal_size FROM sys_invocation", OBJECTS + 6);
        assertThat(with - without).isGreaterThanOrEqualTo(OBJECTS);
    }

    @Test
    void column_ofRowsThatAreFilteredAway_isNotComputed() {
        long read = rowsReadBy("SELECT id, journal_size FROM sys_invocation WHERE target_service_name = 'All'", 3);
        assertThat(read).isLessThan(OBJECTS + 100);
    }
}
