package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that flood or do not read cost a bounded amount of memory, and others do not feel them. */
@Timeout(120)
class FlowControlTest {
    private static final int MESSAGE_BYTES = 10_000;
    private static final int FLOOD_MESSAGES = 10_000;

    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final HttpDeploymentTransport transport =
            new HttpDeploymentTransport(client, MessageLimits.DEFAULT, Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void flood_nothingTaken_isHeldBackUntilItIs(HttpVersion version) throws Exception {
        RawMessage message = HttpDeploymentTransportTest.message(MessageType.RUN, MESSAGE_BYTES);
        AtomicLong sent = new AtomicLong();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept();
            boolean floods = request.receive().orElseThrow().body().size() == 1;
            for (int i = 0; floods && i < FLOOD_MESSAGES; i++) {
                request.send(message);
                sent.incrementAndGet();
            }
            // Jetty closes a connection of HTTP/1.1, without a word, when a request was not read to its end.
            request.receiveAll();
            request.end();
        })) {
            RecordedAttempt flooded = new RecordedAttempt();
            var head = HttpDeploymentTransportTest.head(deployment.deployment(version, ProtocolMode.BIDI_STREAM), 9);
            AttemptStream stream = transport.open(head, flooded);
            stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 1)));
            awaitStandstill(sent);
            // What was given, a window, and what the sockets hold.
            assertThat(flooded.bytes.get()).isLessThan(4 << 20);
            assertThat(sent.get() * MESSAGE_BYTES).isLessThan(20 << 20);
            assertOthersProceed(deployment, version);

            for (int i = 0; i < FLOOD_MESSAGES; i++) {
                flooded.next();
                stream.taken(1);
            }
            stream.closeInput();
            flooded.awaitClosed();
            assertThat(flooded.bytes.get()).isEqualTo((long) FLOOD_MESSAGES * MESSAGE_BYTES);
        }
    }

    private void assertOthersProceed(ScriptedDeployment deployment, HttpVersion version) {
        for (int i = 0; i < 20; i++) {
            RecordedAttempt other = new RecordedAttempt();
            AttemptStream stream = transport.open(
                    HttpDeploymentTransportTest.head(deployment.deployment(version, ProtocolMode.BIDI_STREAM), 9),
                    other);
            stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 2)));
            stream.closeInput();
            other.awaitClosed();
        }
    }

    /** Waits until a number has not grown for a while. */
    private static void awaitStandstill(AtomicLong number) throws InterruptedException {
        long before = -1;
        CountDownLatch never = new CountDownLatch(1);
        while (number.get() != before || before == 0) {
            before = number.get();
            assertThat(never.await(500, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void handler_doesNotRead_attemptFailsAndWaitingBytesAreBounded(HttpVersion version) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            request.end();
        })) {
            RecordedAttempt unread = new RecordedAttempt();
            AttemptStream stream = transport.open(
                    HttpDeploymentTransportTest.head(deployment.deployment(version, ProtocolMode.BIDI_STREAM), 9),
                    unread);
            stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 1)));
            RawMessage message = HttpDeploymentTransportTest.message(MessageType.SIGNAL, 100_000);
            for (int i = 0; i < 1000; i++) {
                stream.send(List.of(message));
            }
            assertThat(unread.awaitFailure().message())
                    .contains("the handler does not read: more than 16777216 bytes wait");
            done.countDown();
        }
    }
}
