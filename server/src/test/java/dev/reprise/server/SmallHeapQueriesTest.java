package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server with a heap of 300 MB, which ends when it is full, as the distribution's does, and queries for more than
 * fits into it. Whatever is asked, the server goes on.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("process")
class SmallHeapQueriesTest {
    private static final int ENTRY_BYTES = 8 << 20;

    private ChildProcess server;
    private EndpointServer services;
    private String id;

    /** Takes what it is given. */
    @Service
    static class Sink {
        @Handler
        public int take(Context ctx, String text) {
            return text.length();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = ChildProcess.serverInJvm(
                folder,
                List.of(
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-Xmn160m",
                        "-XX:SurvivorRatio=2",
                        "-XX:+ExitOnOutOfMemoryError"));
        services = Endpoint.bind(new Sink()).listen(0);
        assertThat(server.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + services.port() + "\"}")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> sent = server.post("ingress", "/Sink/take", '"' + "x".repeat(ENTRY_BYTES) + '"');
        assertThat(sent.body()).isEqualTo(String.valueOf(ENTRY_BYTES));
        id = sent.headers().firstValue("x-restate-id").orElseThrow();
    }

    @AfterAll
    void stop() {
        server.close();
        services.close();
    }

    private void assertGoesOn() {
        assertThat(server.query("SELECT count(*) AS n FROM sys_invocation", "application/json")
                        .body())
                .isEqualTo("{\"rows\":[{\"n\":1}]}");
    }

    @Test
    void entry_of8MB_isAnsweredAsJson() {
        HttpResponse<String> answer = server.query(
                "SELECT entry_json FROM sys_journal WHERE id = '" + id + "' AND index = 0", "application/json");

        assertThat(answer.statusCode()).as(answer.body().substring(0, 200)).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"rows\":[{\"entry_json\":\"{")
                .contains("[34,120,120")
                .endsWith("\"}]}")
                .hasSizeGreaterThan(ENTRY_BYTES * 4);
        assertGoesOn();
    }

    @Test
    void entry_of8MB_isAnsweredAsArrow() {
        HttpResponse<String> answer = server.query(
                "SELECT entry_json, raw FROM sys_journal WHERE id = '" + id + "' AND index = 0",
                "application/vnd.apache.arrow.stream");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSizeGreaterThan(ENTRY_BYTES * 5);
        assertGoesOn();
    }

    @Test
    void invocationsDescribe_isAnswered() {
        HttpResponse<String> answer = server.query(
                "SELECT sj.index, sj.entry_type, sj.completed, sj.invoked_id, sj.invoked_target, sj.sleep_wakeup_at,"
                        + " sj.name, sj.promise_name, sj.version, sj.entry_json, sj.appended_at FROM sys_journal sj"
                        + " WHERE sj.id = '" + id + "' ORDER BY index DESC LIMIT 100",
                "application/vnd.apache.arrow.stream");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT repeat(repeat(id, 1000), 9000) FROM sys_invocation",
                "SELECT length(repeat('x', 2147483647))",
                "SELECT a.entry_json, b.entry_json, c.entry_json, d.entry_json FROM sys_journal a, sys_journal b,"
                        + " sys_journal c, sys_journal d",
                "SELECT string_agg(a.entry_json, b.entry_json) FROM sys_journal a, sys_journal b, sys_journal c",
                "SELECT upper(entry_json), lower(entry_json), replace(entry_json, '1', 'one') FROM sys_journal",
                "SELECT entry_json, entry_json || 'a', entry_json || 'b', entry_json || 'c' FROM sys_journal"
            })
    void query_forMoreThanFits_endsAlone(String sql) {
        HttpResponse<String> answer = server.query(sql, "application/json");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"message\":\"").contains("bytes");
        assertGoesOn();
    }
}
