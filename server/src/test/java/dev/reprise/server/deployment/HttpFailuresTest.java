package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a deployment does wrong fails its attempt with a reason, and no other. */
@Timeout(120)
class HttpFailuresTest {
    private static final int RST_STREAM = 3;
    private static final int PING = 6;

    private final HttpClient client = HttpClient.start(
            HttpOptions.DEFAULT.withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(300)));
    private final HttpDeploymentTransport transport =
            new HttpDeploymentTransport(client, MessageLimits.DEFAULT.withMessageBytesMax(1 << 20), Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    private StreamFailure failureOf(Deployment deployment) {
        return attempt(deployment).awaitFailure();
    }

    private RecordedAttempt attempt(Deployment deployment) {
        RecordedAttempt attempt = new RecordedAttempt();
        AttemptStream stream = transport.open(HttpDeploymentTransportTest.head(deployment, 5), attempt);
        stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 100)));
        return attempt;
    }

    private static Deployment at(URI uri, HttpVersion version) {
        return ScriptedDeployment.deployment(uri, version, ProtocolMode.BIDI_STREAM);
    }

    @ParameterizedTest
    @CsvSource({
        "404, 500, RT0012, does not serve Greeter/greet",
        "413, 500, RT0019, too large",
        "415, 415, RT0015, protocol version '6'",
        "429, 500, RT0023, rate limited due to '429' (retry after: 7 seconds)",
        "500, 500, RT0012, 'unexpected http status code: 500'",
        "502, 500, RT0010, temporary unavailable '502'",
        "503, 500, RT0023, rate limited due to '503'"
    })
    void answer_ofAnotherStatus_saysWhatToDo(int status, int code, String errorCode, String message) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.with("retry-after", "7").answer(status, "text/plain").end();
        })) {
            StreamFailure failure = failureOf(deployment.deployment());
            assertThat(failure.message()).contains(message);
            assertThat(failure.errorCode()).isEqualTo(errorCode);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.reachedHandler()).isEqualTo(status == 500 || status == 502);
            boolean asksForTime = status == 429 || status == 503;
            assertThat(failure.retryDelayMillis()).isEqualTo(asksForTime ? 7000L : null);
        }
    }

    @Test
    void answer_ofAnotherContentType_isNamed() throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(
                request -> request.answer(200, "text/html").end())) {
            assertThat(failureOf(deployment.deployment()).message())
                    .contains("unexpected content type 'text/html'")
                    .contains("application/vnd.restate.invocation.v6");
        }
    }

    @ParameterizedTest
    @EnumSource
    void answer_endsInsideAMessage_isNamed(HttpVersion version) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept().sendBytes(new byte[] {4, 17, 0, 0, 0, 0, 0, 9, 1, 2});
            request.end();
        })) {
            assertThat(failureOf(deployment.deployment(version, ProtocolMode.BIDI_STREAM))
                            .message())
                    .contains("the stream ended after 2 of 9 bytes of a RUN message");
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_reset_isNamed(HttpVersion version) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept();
            request.reset();
        })) {
            assertThat(failureOf(deployment.deployment(version, ProtocolMode.BIDI_STREAM))
                            .message())
                    .containsAnyOf("reset the stream", "closed the connection", "Connection reset");
        }
    }

    @Test
    void message_largerThanAllowed_failsThatAttemptAlone() throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept();
            int length = request.receive().orElseThrow().body().size();
            if (length == 100) {
                request.send(HttpDeploymentTransportTest.message(MessageType.RUN, 2 << 20));
            } else {
                request.receiveAll();
            }
            request.end();
        })) {
            RecordedAttempt other = new RecordedAttempt();
            AttemptStream stream = transport.open(HttpDeploymentTransportTest.head(deployment.deployment(), 5), other);
            stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 7)));
            StreamFailure failure = failureOf(deployment.deployment());
            assertThat(failure.reachedHandler()).isTrue();
            assertThat(failure.message()).contains("a RUN message claims 2097152 bytes, at most 1048576 are allowed");
            assertThat(failure.errorCode()).isEqualTo("RT0003");
            stream.closeInput();
            other.awaitClosed();
            assertThat(deployment.connections()).isEqualTo(1);
        }
    }

    @Test
    void garbage_insteadOfMessages_isRefused() throws Exception {
        byte[] garbage = new byte[10_000];
        Arrays.fill(garbage, (byte) 0xAB);
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.accept().sendBytes(garbage);
            request.receiveAll();
        })) {
            assertThat(failureOf(deployment.deployment()).message())
                    .contains("a 0xABAB message claims 2880154539 bytes");
        }
    }

    @Test
    void nobody_listens_isNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        StreamFailure failure = failureOf(at(URI.create("http://localhost:" + port), HttpVersion.HTTP_2));
        assertThat(failure.reachedHandler()).isFalse();
        assertThat(failure.message())
                .contains("cannot connect to http://localhost:" + port)
                .containsIgnoringCase("refused");
    }

    @Test
    void host_unknown_isNamed() throws Exception {
        assertThat(failureOf(at(URI.create("http://no-such-host.invalid:1"), HttpVersion.HTTP_2))
                        .message())
                .contains("the host 'no-such-host.invalid' is unknown");
    }

    /** A server of HTTP/1.1 need not read a request to its end: it answers and closes, and the rest bounces. */
    @Test
    void answer_completeAndConnectionClosed_countsThoughTheRequestBounces() throws Exception {
        byte[] message = ScriptedRequest.frame(HttpDeploymentTransportTest.message(MessageType.RUN, 1000));
        CountDownLatch firstCame = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            FutureTask<Void> peer = new FutureTask<>(() -> {
                try (Socket socket = server.accept()) {
                    assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
                    String head = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.restate.invocation.v6\r\n"
                            + "content-length: " + 2 * message.length + "\r\n\r\n";
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(message);
                    assertThat(firstCame.await(30, TimeUnit.SECONDS)).isTrue();
                    socket.getOutputStream().write(message);
                }
                return null;
            });
            Thread.ofVirtual().start(peer);
            // The event loop waits here: it has more to write and to read when the connection is closed.
            RecordedAttempt attempt = new RecordedAttempt(_ -> {
                firstCame.countDown();
                RecordedAttempt.uninterrupted(() -> peer.get(30, TimeUnit.SECONDS));
            });
            URI uri = URI.create("http://localhost:" + server.getLocalPort());
            AttemptStream stream =
                    transport.open(HttpDeploymentTransportTest.head(at(uri, HttpVersion.HTTP_1_1), 5), attempt);
            stream.send(List.of(HttpDeploymentTransportTest.message(MessageType.START, 20 << 20)));
            attempt.next();
            attempt.next();
            attempt.awaitClosed();
        }
    }

    @Test
    void peer_saysNothing_isGivenUp() throws Exception {
        try (RawPeer peer = RawPeer.start("", "", 0)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_2)).message())
                    .contains("not ready for requests within 2000 ms");
        }
    }

    @Test
    void peer_goesSilent_isFoundDead() throws Exception {
        try (RawPeer peer = RawPeer.start(RawPeer.SETTINGS, "", 0)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_2)).message())
                    .contains("gave no sign of life")
                    .contains("300 ms");
        }
    }

    @Test
    void peer_goesAway_failsWhatItDidNotTake() throws Exception {
        try (RawPeer peer = RawPeer.start(RawPeer.SETTINGS, RawPeer.GO_AWAY, 150)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_2)).message()).contains("is going away (NO_ERROR)");
        }
    }

    /** RFC 9113, 5.4.2; and a peer that counts resets takes many of them for an attack. */
    @Test
    void peer_resetsTheStream_isNotAnsweredWithAReset() throws Exception {
        try (RawPeer peer = RawPeer.start(RawPeer.SETTINGS, RawPeer.RESET, 150)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_2)).message()).contains("reset the stream (NO_ERROR)");
            int before = peer.heardFrames().size();
            while (peer.heardFrames().lastIndexOf(PING) < before) {
                Thread.onSpinWait();
            }
            assertThat(peer.heardFrames()).doesNotContain(RST_STREAM);
        }
    }

    @Test
    void peer_speaksHttp1Alone_isNamed() throws Exception {
        try (RawPeer peer = RawPeer.start("", RawPeer.HTTP_1_REFUSAL, 20)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_2)).message()).contains("--use-http1.1");
        }
    }

    @Test
    void peer_speaksHttp2Alone_isNamed() throws Exception {
        try (RawPeer peer = RawPeer.start("", RawPeer.SETTINGS + RawPeer.hex("\r\n"), 20)) {
            assertThat(failureOf(at(peer.uri(), HttpVersion.HTTP_1_1)).message())
                    .containsAnyOf("--use-http1.1", "is not HTTP/1.1");
        }
    }

    @Test
    void peer_withoutTls_isNamed() throws Exception {
        try (RawPeer peer = RawPeer.start("", RawPeer.HTTP_1_REFUSAL, 20)) {
            URI tls = URI.create("https://" + peer.uri().getAuthority());
            assertThat(failureOf(at(tls, HttpVersion.HTTP_2)).message())
                    .endsWith(
                            "the TLS handshake failed: it answers without TLS, register it with http:// instead of https://");
        }
    }

    @Test
    void certificate_notTrusted_isNamed(@TempDir Path folder) throws Exception {
        try (ScriptedDeployment deployment =
                ScriptedDeployment.startTls(ScriptedRequest::accept, SelfSigned.create(folder))) {
            assertThat(failureOf(deployment.deployment()).message()).contains("TLS handshake failed");
        }
    }
}
