package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.TraceCollector.Span;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server process seen from outside: the traces it exports to a collector, its metrics, and why an attempt failed. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class ObservedServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final long ERROR = 2;

    @TempDir
    private Path folder;

    private final BlockingQueue<String> traceparents = new LinkedBlockingQueue<>();
    private final AtomicInteger tries = new AtomicInteger();

    private TraceCollector collector;
    private EndpointServer service;
    private ChildProcess server;

    @BeforeEach
    void start() throws IOException {
        collector = new TraceCollector();
        service = Endpoint.bind(steps()).listen(0);
        server = ChildProcess.configuredServer(folder, """
                tracing-endpoint = "%s"
                [default-retry-policy]
                initial-interval = "20ms"
                """.formatted(collector.endpoint()));
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
        collector.close();
    }

    private ServiceDefinition steps() {
        return ServiceDefinition.service("Steps")
                .handler("go", String.class, String.class, (ctx, name) -> {
                    traceparents.add(
                            String.valueOf(ctx.request().attemptHeaders().get("traceparent")));
                    ctx.run("first", String.class, () -> name);
                    return ctx.run("second", String.class, () -> {
                        if (tries.incrementAndGet() == 1) {
                            throw new IOException("not yet");
                        }
                        return name;
                    });
                })
                .handler("outer", String.class, String.class, (ctx, name) -> {
                    ctx.send(Target.service("Steps", "go"), name, SendOptions.NONE);
                    return ctx.call(Target.service("Steps", "go"), name, String.class)
                            .await();
                })
                .handler(
                        "hang",
                        String.class,
                        String.class,
                        (ctx, _) -> ctx.signal("never", String.class).await())
                .build();
    }

    private void register(String more) {
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"" + more + "}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
    }

    @Test
    void traces_ofACallThatIsTracedItself_leadFromTheCallerToTheHandler() throws IOException, InterruptedException {
        register("");
        String id = tracedCall("go");
        server.await(
                "all spans are exported",
                () -> named(id, "invocation-end Steps/go").size() == 1
                        && named(id, "step Steps/go").size() == 3);

        assertThat(collector.spansOf(id)).allSatisfy(span -> {
            assertThat(span.traceId()).isEqualTo(TRACE);
            assertThat(span.attributes()).containsEntry("restate.invocation.target", "Steps/go");
        });
        assertThat(column("trace_id")).isEqualTo(TRACE);
        Span request = only(id, "ingress_invoke Steps/go");
        assertThat(request.parentId()).isEqualTo(CALLER);
        Span begin = only(id, "invocation-start Steps/go");
        assertThat(begin.parentId()).isEqualTo(request.spanId());
        assertThat(only(id, "invocation-end Steps/go").parentId()).isEqualTo(begin.spanId());
        List<Span> attempts = named(id, "invocation-attempt Steps/go");
        assertThat(attempts).extracting(Span::parentId).containsOnly(begin.spanId());
        assertThat(attempts).extracting(Span::status).containsExactlyInAnyOrder(ERROR, 0L);
        assertThat(traceparents)
                .as("each attempt's handler is told of its attempt's span")
                .containsExactlyInAnyOrderElementsOf(attempts.stream()
                        .map(attempt -> "00-" + TRACE + "-" + attempt.spanId() + "-01")
                        .toList());
    }

    @Test
    void traces_ofSteps_areWithinTheirAttempts() throws IOException, InterruptedException {
        register("");
        String id = tracedCall("go");
        server.await("all steps are exported", () -> named(id, "step Steps/go").size() == 3);

        List<Span> attempts = named(id, "invocation-attempt Steps/go").stream()
                .sorted(Comparator.comparingLong(Span::status).reversed())
                .toList();
        assertThat(named(id, "step Steps/go"))
                .extracting(
                        Span::parentId,
                        span -> span.attributes().get("restate.journal.command.name"),
                        span -> span.attributes().get("restate.step.recorded"))
                .containsExactlyInAnyOrder(
                        tuple(attempts.getFirst().spanId(), "first", "true"),
                        tuple(attempts.getFirst().spanId(), "second", "false"),
                        tuple(attempts.getLast().spanId(), "", "true"));
    }

    @Test
    void traces_ofCalls_belongToTheirCallersTrace() throws IOException, InterruptedException {
        register("");
        String caller = tracedCall("outer");
        server.await("all is exported", () -> callees("invocation-end").size() == 2);

        assertThat(callees("invocation-start"))
                .hasSize(2)
                .extracting(Span::traceId, Span::parentId)
                .containsOnly(tuple(
                        TRACE, only(caller, "invocation-start Steps/outer").spanId()));
    }

    @Test
    void traces_ofAnInvocationThatIsPausedResumedAndKilled_haveOneStartAndOneEnd() {
        register("");
        String id = sendHanging();
        server.await("it runs", () -> column("status").equals("running"));
        patch(id, "pause");
        server.await("it is paused", () -> column("status").equals("paused"));
        patch(id, "resume");
        server.await("it runs again", () -> column("status").equals("running"));
        patch(id, "kill");
        server.await(
                "its end is exported",
                () -> !named(id, "invocation-end Steps/hang").isEmpty());
        server.await(
                "its attempts are exported",
                () -> named(id, "invocation-attempt Steps/hang").size() == 2);

        Span start = only(id, "invocation-start Steps/hang");
        Span end = only(id, "invocation-end Steps/hang");
        assertThat(end.parentId()).isEqualTo(start.spanId());
        assertThat(end.status()).isEqualTo(ERROR);
        assertThat(end.attributes()).containsEntry("restate.invocation.result", "failure");
    }

    @Test
    void stepMetric_ofARequestResponseDeployment_countsEveryStep() {
        register(",\"use_http_11\":true");

        assertThat(server.post("ingress", "/Steps/go", "\"a\"").body()).isEqualTo("\"a\"");

        assertThat(server.get("metrics", "/metrics"))
                .containsPattern("reprise_step_commit_duration_seconds_count\\{[^}]*} 2\n");
    }

    @Test
    void failure_toReachTheDeployment_isShownWithItsCode() {
        register("");
        service.close();
        server.post("ingress", "/Steps/go/send", "\"a\"");
        server.await(
                "the attempt has failed",
                () -> !column("last_failure_error_code").isEmpty());

        assertThat(column("last_failure_error_code")).isEqualTo("RT0010");
    }

    /** A column of the only invocation; empty if it is null. */
    private String column(String name) {
        String query = "{\"query\":\"SELECT " + name + " FROM sys_invocation\"}";
        try {
            return JSON.readTree(server.post("admin API", "/query", query).body())
                    .path("rows")
                    .path(0)
                    .path(name)
                    .asText();
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** Spans of the handler "go", of any invocation. */
    private List<Span> callees(String kind) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(kind + " Steps/go"))
                .toList();
    }

    private String sendHanging() {
        HttpResponse<String> accepted = server.post("ingress", "/Steps/hang/send", "\"a\"");
        assertThat(accepted.statusCode()).isEqualTo(202);
        return accepted.headers().firstValue("x-restate-id").orElseThrow();
    }

    private void patch(String id, String operation) {
        assertThat(server.patch("admin API", "/invocations/" + id + '/' + operation)
                        .statusCode())
                .isBetween(200, 202);
    }

    private String tracedCall(String handler) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("ingress", "/Steps/" + handler))
                .header("content-type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString("\"a\""))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("\"a\"");
            return answer.headers().firstValue("x-restate-id").orElseThrow();
        }
    }

    private List<Span> named(String id, String name) {
        return collector.spansOf(id).stream()
                .filter(span -> span.name().equals(name))
                .toList();
    }

    private Span only(String id, String name) {
        List<Span> found = named(id, name);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }
}
