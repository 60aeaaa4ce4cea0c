package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server process that is told to end while it answers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class ServerEndTest {
    private static final Duration WORK = Duration.ofMillis(500);
    private static final Duration LONG_WORK = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private EndpointServer service;

    @BeforeEach
    void startService() throws IOException {
        service = Endpoint.bind(ServiceDefinition.service("Slow")
                        .handler("work", Void.class, String.class, (ctx, _) -> worked(WORK))
                        .handler("workLong", Void.class, String.class, (ctx, _) -> worked(LONG_WORK))
                        .handler("never", Void.class, String.class, (ctx, _) -> {
                            begun.countDown();
                            return ctx.awakeable(String.class).await();
                        })
                        .build())
                .listen(0);
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    private String worked(Duration time) {
        begun.countDown();
        LockSupport.parkNanos(time.toNanos());
        return "done";
    }

    private ChildProcess startServer(String timeout) throws IOException {
        ChildProcess server = ChildProcess.configuredServer(folder, "shutdown-timeout = \"%s\"\n".formatted(timeout));
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
        return server;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sigterm_callInFlight_isAnswered(HttpClient.Version version) throws IOException, InterruptedException {
        answeredWhenEnding(version, "work");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sigterm_callInFlightForLong_isAnswered(HttpClient.Version version) throws IOException, InterruptedException {
        answeredWhenEnding(version, "workLong");
    }

    private void answeredWhenEnding(HttpClient.Version version, String handler)
            throws IOException, InterruptedException {
        try (ChildProcess server = startServer("30s");
                HttpClient client = client(version)) {
            CompletableFuture<HttpResponse<String>> call = get(client, server, "/Slow/" + handler);
            begun.await();
            server.terminate();

            assertThat(call).succeedsWithin(PATIENCE).satisfies(answer -> {
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("\"done\"");
            });
            assertEndedInOrder(server);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sigterm_callThatNeverEnds_isCutAtTheTimeout(HttpClient.Version version)
            throws IOException, InterruptedException {
        try (ChildProcess server = startServer("1s");
                HttpClient client = client(version)) {
            CompletableFuture<HttpResponse<String>> call = get(client, server, "/Slow/never");
            begun.await();
            long told = System.nanoTime();
            server.terminate();

            assertEndedInOrder(server);
            assertThat(Duration.ofNanos(System.nanoTime() - told))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
            assertThat(server.output()).contains("the ingress cuts 1 requests that did not end within ");
            assertThatThrownBy(() -> call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = "HTTP_1_1")
    void sigterm_callThatNeverEnds_defaultTimeout_endsWithinTenSeconds(HttpClient.Version version)
            throws IOException, InterruptedException {
        try (ChildProcess server = startServer("1m");
                HttpClient client = client(version)) {
            var _ = get(client, server, "/Slow/never");
            begun.await();
            long told = System.nanoTime();
            server.terminate();

            assertEndedInOrder(server);
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void assertEndedInOrder(ChildProcess server) {
        assertThat(server.exitCode()).as(server.output()).isZero();
        assertThat(server.output()).contains("ended in order");
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    /** Sends on a connection that is of the client's version: in HTTP/2 the first request upgrades it. */
    private static CompletableFuture<HttpResponse<String>> get(HttpClient client, ChildProcess server, String path)
            throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(server.uri("ingress", "/restate/health")).build(), BodyHandlers.ofString());
        return client.sendAsync(
                HttpRequest.newBuilder(server.uri("ingress", path)).build(), BodyHandlers.ofString());
    }
}
