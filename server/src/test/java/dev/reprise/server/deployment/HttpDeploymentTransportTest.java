package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What works: messages both ways, over every version, many at once. */
@Timeout(120)
class HttpDeploymentTransportTest {
    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final HttpDeploymentTransport transport =
            new HttpDeploymentTransport(client, MessageLimits.DEFAULT, Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    static RawMessage message(MessageType type, int bytes) {
        return new RawMessage(type.code(), Bytes.wrap(new byte[bytes]));
    }

    static AttemptHead head(Deployment deployment, long id) {
        return new AttemptHead(new InvocationId(id, id, id), deployment, "Greeter", "greet", ProtocolVersion.V6);
    }

    private AttemptStream open(Deployment deployment, AttemptListener listener) {
        return transport.open(head(deployment, 7), listener);
    }

    @ParameterizedTest
    @EnumSource
    void attempt_bidirectional_messagesGoBothWays(HttpVersion version) throws Exception {
        AtomicReference<ScriptedRequest> seen = new AtomicReference<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            seen.set(request);
            request.accept();
            for (Optional<RawMessage> m = request.receive(); m.isPresent(); m = request.receive()) {
                request.send(m.get());
            }
            request.send(message(MessageType.END, 0));
            request.end();
        })) {
            RecordedAttempt attempt = new RecordedAttempt();
            AttemptStream stream = open(deployment.deployment(version, ProtocolMode.BIDI_STREAM), attempt);
            RawMessage start = message(MessageType.START, 10);
            RawMessage large = message(MessageType.RUN_COMPLETION, 3_000_000);
            stream.send(List.of(start, message(MessageType.INPUT, 0)));
            assertThat(attempt.next()).isEqualTo(start);
            assertThat(attempt.next().type()).isEqualTo(MessageType.INPUT.code());
            stream.taken(2);
            stream.send(List.of(large));
            assertThat(attempt.next()).isEqualTo(large);
            stream.taken(1);
            stream.closeInput();
            assertThat(attempt.next().type()).isEqualTo(MessageType.END.code());
            attempt.awaitClosed();
            assertThat(seen.get().method() + " " + seen.get().path()).isEqualTo("POST /invoke/Greeter/greet");
            assertThat(seen.get().protocol()).isEqualTo(version == HttpVersion.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
            assertThat(seen.get().header("content-type")).isEqualTo("application/vnd.restate.invocation.v6");
            assertThat(seen.get().header("accept")).isEqualTo("application/vnd.restate.invocation.v6");
            assertThat(seen.get().header("x-restate-invocation-id")).startsWith("inv_");
            assertThat(seen.get().header("x-extra")).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void attempt_requestResponse_requestIsSentWholeAndEnds(HttpVersion version) throws Exception {
        CompletableFuture<String> length = new CompletableFuture<>();
        CompletableFuture<Integer> count = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            length.complete(request.header("content-length"));
            count.complete(request.receiveAll());
            request.accept().send(message(MessageType.SUSPENSION, 5));
            request.end();
        })) {
            RecordedAttempt attempt = new RecordedAttempt();
            AttemptStream stream = open(deployment.deployment(version, ProtocolMode.REQUEST_RESPONSE), attempt);
            stream.send(List.of(message(MessageType.START, 10), message(MessageType.INPUT, 100_000)));
            stream.send(List.of(message(MessageType.SIGNAL, 10)));
            assertThat(attempt.next().type()).isEqualTo(MessageType.SUSPENSION.code());
            attempt.awaitClosed();
            assertThat(count.get()).isEqualTo(2);
            assertThat(length.get()).isEqualTo(Integer.toString(8 + 10 + 8 + 100_000));
        }
    }

    @Test
    void attempts_oneAfterAnotherOverHttp1_shareAConnection() throws Exception {
        try (ScriptedDeployment deployment =
                ScriptedDeployment.startHttp1(HttpDeploymentTransportTest::receiveAndEnd)) {
            for (int i = 0; i < 5; i++) {
                RecordedAttempt attempt = new RecordedAttempt();
                open(deployment.deployment(HttpVersion.HTTP_1_1, ProtocolMode.REQUEST_RESPONSE), attempt)
                        .send(List.of(message(MessageType.START, 10)));
                attempt.awaitClosed();
            }
            assertThat(deployment.connections()).isEqualTo(1);
        }
    }

    private static void receiveAndEnd(ScriptedRequest request) throws IOException {
        request.accept();
        request.receiveAll();
        request.send(message(MessageType.END, 0));
        request.end();
    }

    private static void echo(ScriptedRequest request) throws IOException {
        request.accept();
        for (Optional<RawMessage> m = request.receive(); m.isPresent(); m = request.receive()) {
            request.send(m.get());
        }
        request.end();
    }

    @Test
    void attempts_aThousandAtOnce_allGetThroughOnFewConnections() throws Exception {
        int attempts = 1000;
        CountDownLatch all = new CountDownLatch(attempts);
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            all.countDown();
            // Nobody goes on until everybody is here.
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            echo(request);
        })) {
            List<RecordedAttempt> recorded = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                recorded.add(new PingPong(transport, head(deployment.deployment(), i), 12).start());
            }
            for (RecordedAttempt attempt : recorded) {
                attempt.awaitClosed();
                assertThat(attempt.bytes.get()).isEqualTo(12 * 100);
            }
            assertThat(deployment.connections()).isBetween(8, 16);
        }
    }

    @Test
    void attempts_moreThanThePeerAllows_useMoreConnections() throws Exception {
        int attempts = 40;
        CountDownLatch all = new CountDownLatch(attempts);
        try (ScriptedDeployment deployment = ScriptedDeployment.start(
                request -> {
                    all.countDown();
                    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
                    receiveAndEnd(request);
                },
                5)) {
            List<RecordedAttempt> recorded = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                RecordedAttempt attempt = new RecordedAttempt();
                recorded.add(attempt);
                AttemptStream stream = transport.open(head(deployment.deployment(), i), attempt);
                stream.send(List.of(message(MessageType.START, 10)));
                stream.closeInput();
            }
            for (RecordedAttempt attempt : recorded) {
                attempt.awaitClosed();
            }
            assertThat(deployment.connections()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void abort_running_handlerIsCutAndNothingIsTold() throws Exception {
        CompletableFuture<Throwable> cut = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept().send(message(MessageType.SLEEP, 1));
            try {
                cut.completeExceptionally(new AssertionError("ended with " + request.receiveAll()));
            } catch (IOException e) {
                cut.complete(e);
                throw e;
            }
        })) {
            RecordedAttempt attempt = new RecordedAttempt();
            AttemptStream stream = open(deployment.deployment(), attempt);
            stream.send(List.of(message(MessageType.START, 10)));
            attempt.next();
            stream.abort();
            assertThat(cut.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThat(attempt.outcome).isNotDone();
        }
    }

    @Test
    void abort_afterTheLastWord_requestEndsInOrder() throws Exception {
        CompletableFuture<Integer> rest = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept().send(message(MessageType.END, 0));
            rest.complete(request.receiveAll());
            request.end();
        })) {
            RecordedAttempt attempt = new RecordedAttempt();
            AttemptStream stream = open(deployment.deployment(), attempt);
            stream.send(List.of(message(MessageType.START, 10)));
            attempt.next();
            stream.abort();
            assertThat(rest.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void attempt_overTls_agreesOnTheVersion(HttpVersion version, @TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.create(folder);
        CompletableFuture<String> protocol = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.startTls(
                        request -> {
                            protocol.complete(request.protocol());
                            echo(request);
                        },
                        certificate);
                HttpClient trusting = HttpClient.start(HttpOptions.DEFAULT, certificate.context())) {
            HttpDeploymentTransport secure =
                    new HttpDeploymentTransport(trusting, MessageLimits.DEFAULT, Optional.empty());
            RecordedAttempt attempt = new RecordedAttempt();
            AttemptStream stream =
                    secure.open(head(deployment.deployment(version, ProtocolMode.BIDI_STREAM), 3), attempt);
            stream.send(List.of(message(MessageType.START, 500_000)));
            assertThat(attempt.next().body().size()).isEqualTo(500_000);
            stream.closeInput();
            attempt.awaitClosed();
            assertThat(protocol.get()).isEqualTo(version == HttpVersion.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
        }
    }
}
