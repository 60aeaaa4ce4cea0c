package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server and a service made with this project's SDK, each a process of its own, talking over real sockets. Handlers
 * suspend whenever they wait. Either process, or both, are killed; what was accepted completes, and no recorded step
 * runs again.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("process")
class ServerWithServiceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 5;
    private static final int SENT_PER_ROUND = 10;
    private static final int ROUND_MILLIS_MAX = 1_500;

    @TempDir
    private Path folder;

    private ChildProcess server;
    private ChildProcess service;
    private int servicePort;

    @BeforeEach
    void start() throws IOException {
        service = startService(0);
        server = startServer();
        servicePort = service.port("handlers");
        HttpResponse<String> registered =
                server.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + servicePort + "\"}");
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
    }

    private ChildProcess startService(int port) throws IOException {
        return ChildProcess.java(folder, Steps.class, Integer.toString(port), folder.toString());
    }

    private ChildProcess startServer() throws IOException {
        return ChildProcess.configuredServer(folder, """
                log-format = "json"
                [worker.invoker]
                inactivity-timeout = "0s"
                [default-retry-policy]
                initial-interval = "50ms"
                max-interval = "500ms"
                max-attempts = "unlimited"
                """);
    }

    private void restartServer() throws IOException {
        server.kill();
        server = startServer();
    }

    private void restartService() throws IOException {
        service.kill();
        service = startService(servicePort);
    }

    @Test
    void call_stepsSleepAndCall_answers() throws IOException {
        HttpResponse<String> answer = server.post("ingress", "/Steps/go", "\"a\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\"a: first, last\"");
        assertThat(executions()).containsExactly("a first", "a last");
        assertThat(server.post("ingress", "/Tally/tally/add", "0").body()).isEqualTo("1");
    }

    @Test
    void failedStep_isRunAgain_theRecordedOneBeforeItIsNot() throws IOException {
        assertThat(server.post("ingress", "/Steps/flaky", "\"a\"").body()).isEqualTo("\"a: first, flaky\"");

        assertThat(executions()).containsExactly("a first", "a flaky", "a flaky", "a flaky");
    }

    @Test
    void boundedStep_besideTimers_isRunAsOftenAsItHasAttempts() throws IOException {
        assertThat(server.post("ingress", "/Steps/bounded", "\"a\"").body()).isEqualTo("\"a: given up\"");

        assertThat(executions()).containsExactly("a bounded", "a bounded", "a bounded");
        assertThat(server.output()).contains("failed, 1 in a row", "failed, 2 in a row");
    }

    /** With the journal this tells who has won, long after. */
    @Test
    void wait_forSeveralThings_isKeptBesideTheJournal() throws IOException {
        assertThat(server.post("ingress", "/Steps/limited", "\"a\"").body()).isEqualTo("\"a: in time\"");

        JsonNode rows = JSON.readTree(server.query(
                                "SELECT event_json FROM sys_journal_events WHERE event_type = 'Awaited'",
                                "application/json")
                        .body())
                .path("rows");
        assertThat(rows)
                .singleElement()
                .satisfies(
                        row -> assertThat(JSON.readTree(row.path("event_json").textValue()))
                                .isEqualTo(JSON.readTree("""
                        {"ty":"Awaited","awaited":{"label":"or timeout 1h","FirstCompleted":[
                            {"Single":{"CompletionId":1}},{"Single":{"CompletionId":2}}]}}""")));
    }

    @Test
    void boundedStep_serviceKilledAfterItsFirstAttempt_isRunAsOftenAsItHasAttempts() throws IOException {
        String id = send("bounded", Steps.PATIENT);
        service.await("the step has failed", () -> server.output().contains("failed, 1 in a row"));
        restartService();

        assertThat(answer(id)).isEqualTo("\"patient: given up\"");
        assertThat(executions()).containsExactly("patient bounded", "patient bounded", "patient bounded");
    }

    @Test
    void timeoutsNextToNothing_handlerGetsTheTimeToBegin() throws IOException {
        Path other = Files.createDirectory(folder.resolve("hasty"));
        try (ChildProcess hasty = ChildProcess.configuredServer(other, """
                [worker.invoker]
                inactivity-timeout = "0s"
                abort-timeout = "1ms"
                """)) {
            hasty.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + servicePort + "\"}");

            assertThat(hasty.post("ingress", "/Tally/tally/add", "1").body()).isEqualTo("1");
        }
    }

    @Test
    void suspended_bothKilled_resumesWithWhatIsResolved() throws IOException {
        String id = send("approve", "a");
        String awakeable = awaitSuspended(id);
        restartServer();
        service.kill();

        assertThat(server.post("ingress", "/restate/awakeables/" + awakeable + "/resolve", "\"yes\"")
                        .statusCode())
                .isEqualTo(202);
        service = startService(servicePort);

        assertThat(answer(id)).isEqualTo("\"a: yes, last\"");
        assertThat(executions()).containsExactly("a ask " + awakeable, "a last");
    }

    @Test
    void serviceKilledInAStep_stepRunsAgain_theRecordedOneBeforeItDoesNot() throws IOException {
        String id = send("gated", "a");
        service.await("the step runs", () -> executionsContain("a gated"));
        restartService();
        Files.createFile(folder.resolve("gate"));

        assertThat(answer(id)).isEqualTo("\"a: first, gated\"");
        assertThat(executions()).containsExactly("a first", "a gated", "a gated");
    }

    @Test
    void serverKilledDuringAStep_recordedStepDoesNotRunAgain() throws IOException {
        String id = send("gated", "a");
        service.await("the step runs", () -> executionsContain("a gated"));
        restartServer();
        Files.createFile(folder.resolve("gate"));

        assertThat(answer(id)).isEqualTo("\"a: first, gated\"");
        assertThat(executions()).filteredOn("a first"::equals).hasSize(1);
    }

    @Test
    void killedAtRandomMoments_everythingAcceptedCompletes_nothingRecordedRunsAgain() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> ids = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < SENT_PER_ROUND; i++) {
                ids.add(send("go", "n" + ids.size()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(ROUND_MILLIS_MAX)));
            int who = random.nextInt(3);
            if (who != 0) {
                restartService();
            }
            if (who != 1) {
                restartServer();
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            assertThat(answer(ids.get(i))).as("seed %d", seed).isEqualTo("\"n" + i + ": first, last\"");
        }
        assertThat(server.post("ingress", "/Tally/tally/add", "0").body())
                .as("every call of the object counted once, seed %d", seed)
                .isEqualTo(Integer.toString(ids.size()));
        List<String> executions = executions();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(executions.lastIndexOf("n" + i + " first"))
                    .as("the first step of n%d was recorded before its last one began, seed %d", i, seed)
                    .isNotNegative()
                    .isLessThan(executions.indexOf("n" + i + " last"));
        }
    }

    @Test
    void metrics_afterACallWithRetries_tellOfThem() {
        server.post("ingress", "/Steps/flaky", "\"a\"");
        server.await("the end is counted", () -> metric("restate_invoker_invocation_task_total", "completed") == 1);

        assertThat(metric("restate_invoker_invocation_task_total", "failed")).isEqualTo(2);
        assertThat(metric("reprise_run_tries_failed_total", "service=\"Steps\""))
                .isEqualTo(metric("reprise_run_tries_failed_total", "handler=\"flaky\""))
                .isEqualTo(2);
        assertThat(metric("restate_invoker_invocation_task_total", "started")).isGreaterThanOrEqualTo(3);
        assertThat(metric("restate_invoker_invocation_task_total", "service=\"Steps\""))
                .as("each attempt is labelled with its handler")
                .isEqualTo(metric("restate_invoker_invocation_task_total", "handler=\"flaky\""))
                .isGreaterThanOrEqualTo(6);
        assertThat(metric("reprise_invocations_ended_total", "result=\"success\""))
                .isEqualTo(1);
        assertThat(metric("reprise_invocation_duration_seconds_bucket", "le=\"+Inf\""))
                .isEqualTo(1);
        assertThat(metric("restate_ingress_requests_total", "")).isEqualTo(1);
        assertThat(metric("reprise_invocations", "state=\"completed\"")).isEqualTo(1);
        assertThat(metric("reprise_attempts", "state=\"queued\"")).isZero();
        assertThat(metric("reprise_step_commit_duration_seconds_count", ""))
                .as("two steps were recorded, though the handler was asked to suspend at once")
                .isEqualTo(2);
        assertThat(metric("reprise_log_commit_duration_seconds_count", "")).isPositive();
        assertThat(metric("reprise_log_commit_records_sum", ""))
                .isGreaterThanOrEqualTo(metric("reprise_log_commit_records_count", ""));
        assertThat(metric("reprise_disk_used_bytes", "")).isPositive();
        assertThat(metric("jvm_memory_used_bytes", "area=\"heap\"")).isPositive();
    }

    @Test
    void log_afterAFailedAttempt_namesTheInvocationInFieldsOfItsOwn() throws IOException {
        String id = send("flaky", "a");
        assertThat(answer(id)).isEqualTo("\"a: first, flaky\"");

        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                server.output().lines().filter(l -> l.startsWith("{")).toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines)
                .filteredOn(line ->
                        line.at("/fields/restate.invocation.id").asText().equals(id))
                .hasSize(2)
                .allSatisfy(line -> {
                    assertThat(line.get("level").asText()).isEqualTo("WARN");
                    assertThat(line.at("/fields/restate.invocation.target").asText())
                            .isEqualTo("Steps/flaky");
                    assertThat(line.at("/fields/message").asText()).contains(id, "not yet");
                });
    }

    @Test
    void metrics_areThoseOfThePage() throws IOException {
        server.post("ingress", "/Steps/flaky", "\"a\"");

        assertThat(Pattern.compile("(?m)^# TYPE ((?:reprise|restate)_\\w+) ")
                        .matcher(server.get("metrics", "/metrics"))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.endsWith("_max")))
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^\\| `((?:reprise|restate)_\\w+)` \\|")
                        .matcher(Files.readString(Path.of("..", "docs", "operating.md")))
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    /** The sum of a metric's values whose labels contain a text. */
    private double metric(String name, String label) {
        return server.get("metrics", "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String send(String handler, String name) {
        HttpResponse<String> accepted = server.post("ingress", "/Steps/" + handler + "/send", "\"" + name + "\"");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return field(accepted.body(), "invocationId");
    }

    private String answer(String id) {
        return server.get("ingress", "/restate/invocation/" + id + "/attach");
    }

    /** Waits until the invocation is suspended, and gives the awakeable it waits for. */
    private String awaitSuspended(String id) throws IOException {
        String query = "{\"query\":\"SELECT status FROM sys_invocation WHERE id = '" + id + "'\"}";
        server.await(
                id + " is suspended",
                () -> server.post("admin API", "/query", query).body().contains("\"suspended\""));
        return executions().getFirst().replaceFirst("a ask ", "");
    }

    private List<String> executions() throws IOException {
        return Steps.executions(folder);
    }

    private boolean executionsContain(String line) {
        try {
            return executions().contains(line);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the executions in " + folder, e);
        }
    }

    private static String field(String json, String name) {
        try {
            return JSON.readTree(json).path(name).asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
