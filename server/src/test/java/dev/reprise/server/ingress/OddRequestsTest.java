package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as no well-behaved client sends them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddRequestsTest {
    private final AtomicReference<List<Header>> seen = new AtomicReference<>(List.of());

    private final AtomicInteger tracedStatus = new AtomicInteger();

    /** Sees the headers an invocation is to have, and the status it ends with. */
    private final IngressTraces traces = (_, _, headers) -> {
        seen.set(headers);
        return new IngressTraces.Trace() {
            @Override
            public List<Header> headers() {
                return headers;
            }

            @Override
            public void end(@Nullable InvocationId id, int status) {
                tracedStatus.set(status);
            }
        };
    };

    private String answer(String request) throws IOException {
        return answer(request, false);
    }

    private static void end(Reprise reprise) {
        reprise.close();
    }

    private String answer(String request, boolean afterTheEngine) throws IOException {
        Reprise.Builder services = Reprise.embedded();
        IngressTestServices.all().forEach(services::bind);
        try (Reprise reprise = services.start();
                HttpServer ingress = HttpServer.start(
                        "ingress",
                        new Address("127.0.0.1", 0),
                        IngressServer.handler(
                                reprise.engine(),
                                IngressServer.bodies(BodyLimits.upTo(1_000)),
                                InstantSource.system(),
                                traces),
                        Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingress.port())) {
            if (afterTheEngine) {
                end(reprise);
            }
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-5;a=b", "xyz", "5\r\nabcdefgh", "ffffffffffffffffff"})
    void body_inMalformedChunks_isABadRequest(String chunks) throws IOException {
        assertThat(answer("POST /Ops/raw HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                        + "content-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n\r\n" + chunks
                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":400")
                .doesNotContain("org.eclipse", "\tat ");
    }

    @Test
    void preflight_withMoreHeadersThanAnAnswerCanHave_isAnswered() throws IOException {
        assertThat(answer("OPTIONS /Ops/raw HTTP/1.1\r\nhost: x\r\nconnection: close\r\norigin: http://a\r\n"
                        + "access-control-request-method: POST\r\naccess-control-request-headers: "
                        + "x-header,".repeat(5_000) + "x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @SuppressWarnings("StringConcatToTextBlock") // a text block has other ends of lines than HTTP
    @Test
    void headers_thatOnlyThisServerSets_areNotTakenFromAClient() throws IOException {
        String forged = "x-restate-ingress-path: /forged\r\nX-Restate-Id: inv_forged\r\n"
                + "x-restate-invocation-id: forged\r\nx-restate-service-key: forged\r\n"
                + "x-restate-signature-scheme: forged\r\nx-restate-jwt-v1: forged\r\n"
                + "x-restate-cluster-name: forged\r\nx-restate-error-source: forged\r\n";
        assertThat(answer("POST /Ops/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-mine: kept\r\n" + forged
                        + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(seen.get())
                .contains(new Header("x-mine", "kept"), new Header("x-restate-ingress-path", "/Ops/nothing"))
                .noneMatch(header -> header.value().contains("forged"));
    }

    @Test
    void root_ofWhoLooksWhatThisPortIs_saysIt() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("bad path: /. This is the ingress of Reprise", "GET /restate/health");
    }

    @Test
    void trace_ofARequestThatTheEngineRefuses_hasTheStatusOfTheAnswer() throws IOException {
        assertThat(answer("POST /Ops/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", true))
                .startsWith("HTTP/1.1 503 ");
        assertThat(tracedStatus).hasValue(503);
    }
}
