package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server process whose attempts have very little memory: what is large for one of them waits for its turn, what is
 * too large pauses its invocation, and all is given back.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class InvokerMemoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 50;
    private static final StateKey<String> STATE = StateKey.of("large", String.class);
    private static final StateKey<String> MORE_STATE = StateKey.of("more", String.class);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private EndpointServer service;
    private ChildProcess server;

    @BeforeEach
    void start() throws IOException {
        service = Endpoint.bind(pressure()).bind(store()).listen(0);
        server = ChildProcess.configuredServer(folder, """
                [worker.invoker]
                memory-limit = "1MiB"
                per-invocation-initial-memory = "16KiB"
                per-invocation-memory-limit = "256KiB"
                inactivity-timeout = "0s"
                """);
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
        threads.shutdownNow();
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static ServiceDefinition pressure() {
        return ServiceDefinition.service("Pressure")
                .handler("generate", String.class, String.class, (ctx, name) -> {
                    for (int i = 0; i < 10; i++) {
                        ctx.run("step", String.class, () -> text(64 << 10));
                    }
                    return "ok-" + name;
                })
                .handler("replayed", String.class, String.class, (ctx, name) -> {
                    for (int i = 0; i < 5; i++) {
                        ctx.run("step", String.class, () -> text(100 << 10));
                    }
                    ctx.sleep(Duration.ofMillis(10));
                    return "ok-" + name;
                })
                .handler("oversized", String.class, String.class, (ctx, name) -> {
                    ctx.run("step", String.class, () -> text(512 << 10));
                    return "ok-" + name;
                })
                .build();
    }

    private static ServiceDefinition store() {
        return ServiceDefinition.object("Store")
                .handler("fill", Integer.class, String.class, (ctx, length) -> {
                    ctx.set(STATE, text(length));
                    ctx.set(MORE_STATE, text(32 << 10));
                    return "filled";
                })
                .handler(
                        "read",
                        String.class,
                        Integer.class,
                        (ctx, _) -> ctx.get(STATE).map(String::length).orElse(0)
                                + ctx.get(MORE_STATE).map(String::length).orElse(0))
                .build();
    }

    private void register(boolean http11) {
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\",\"use_http_11\":" + http11 + "}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
    }

    private List<String> callMany(IntFunction<String> path, String body) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String to = path.apply(i);
            answers.add(CompletableFuture.supplyAsync(() -> server.post("ingress", to, body), threads));
        }
        return answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::body)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outputs_ofManyAtOnce_completeOneAfterTheOther(boolean http11) {
        register(http11);

        assertThat(callMany(_ -> "/Pressure/generate", "\"a\"")).hasSize(MANY).containsOnly("\"ok-a\"");
        assertAllIsGivenBack();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replays_largerThanAnAttemptMayHave_goOutInParts(boolean http11) {
        register(http11);

        assertThat(callMany(_ -> "/Pressure/replayed", "\"a\"")).hasSize(MANY).containsOnly("\"ok-a\"");
        assertAllIsGivenBack();
    }

    @Test
    void state_ofManyAtOnce_isLoadedOneAfterTheOther() {
        register(false);
        callMany(i -> "/Store/o" + i + "/fill", "32768");

        assertThat(callMany(i -> "/Store/o" + i + "/read", "\"\""))
                .hasSize(MANY)
                .containsOnly("65536");
        assertAllIsGivenBack();
    }

    @Test
    void output_largerThanAnAttemptMayHave_pausesTheInvocation() throws IOException {
        register(false);
        server.post("ingress", "/Pressure/oversized/send", "\"a\"");

        assertPaused("Pressure/oversized", "needed 5243");
        assertAllIsGivenBack();
    }

    @Test
    void state_largerThanAnAttemptMayHave_pausesTheInvocation() throws IOException {
        register(false);
        assertThat(server.post("ingress", "/Store/o/fill", "524288").statusCode())
                .isEqualTo(200);
        server.post("ingress", "/Store/o/read/send", "\"\"");

        assertPaused("Store/o/read", "needed 5243");
        assertAllIsGivenBack();
    }

    private void assertPaused(String target, String why) throws IOException {
        String status = "SELECT id FROM sys_invocation WHERE status = 'paused' AND target = '" + target + "'";
        server.await(target + " is paused", () -> query(status).contains("inv_"));
        String event = JSON.readTree(query("SELECT event_json FROM sys_journal_events WHERE event_type = 'Paused'"))
                .at("/rows/0/event_json")
                .asText();
        assertThat(event)
                .contains("\"restate_doc_error_code\":\"RT0001\"", "memory budget exhausted", why)
                .contains("'worker.invoker.per-invocation-memory-limit'");
    }

    private String query(String sql) {
        return server.post("admin API", "/query", "{\"query\":\"" + sql + "\"}").body();
    }

    private void assertAllIsGivenBack() {
        server.await("all memory is given back", () -> pool("usage") == 0);
        assertThat(pool("capacity")).isEqualTo(1 << 20);
    }

    private double pool(String what) {
        return server.get("metrics", "/metrics")
                .lines()
                .filter(line -> line.startsWith("restate_memory_pool_" + what + "_bytes{"))
                .filter(line -> line.contains("name=\"invoker\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
