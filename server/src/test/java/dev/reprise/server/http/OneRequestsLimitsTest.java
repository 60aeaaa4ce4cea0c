package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.http.Face.Listening;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that goes beyond a limit or is malformed is turned away alone; the others of its connection go on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneRequestsLimitsTest {
    private static final int KIB = 1 << 10;
    /** A stream that is reset. */
    private static final int RESET = -1;

    record Case(int status, Consumer<Http2Headers> change) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("a header of 9 kB", new Case(200, h -> h.add("x-long", "v".repeat(9 * KIB))));
        cases.put("a header of 63 kB", new Case(200, h -> h.add("x-long", "v".repeat(63 * KIB))));
        cases.put("a header of 70 kB", new Case(431, h -> h.add("x-long", "v".repeat(70 * KIB))));
        cases.put("many headers", new Case(431, h -> {
            for (int i = 0; i < 500; i++) {
                h.add("x-" + i, "v".repeat(KIB));
            }
        }));
        cases.put("a URI of 70 kB", new Case(414, h -> h.path("/" + "p".repeat(70 * KIB))));
        cases.put("no path", new Case(400, h -> h.remove(":path")));
        cases.put("an empty path", new Case(400, h -> h.path("")));
        cases.put("no method", new Case(400, h -> h.remove(":method")));
        cases.put("an unknown pseudo header", new Case(400, h -> h.add(":unknown", "x")));
        cases.put("a pseudo header of answers", new Case(400, h -> h.add(":status", "200")));
        cases.put("a name in capitals", new Case(400, h -> h.add("X-Upper", "x")));
        cases.put("a header of connections", new Case(400, h -> h.add("connection", "close")));
        cases.put("a negative content-length", new Case(400, h -> h.add("content-length", "-1")));
        cases.put("a line feed in a header", new Case(400, h -> h.add("x-bad", "a\nb")));
        cases.put("a zero in a header", new Case(400, h -> h.add("x-bad", "a\0b")));
        cases.put("a blank in a name", new Case(400, h -> h.add("x bad", "b")));
        return cases;
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Face.values())
                .flatMap(face ->
                        cases().entrySet().stream().map(one -> Arguments.of(face, one.getKey(), one.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everywhere")
    void http2_request_isTurnedAwayAlone(Face face, String name, Case one) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            int bystander = client.request(RawHttp2.headers("POST", listening.path()), false);
            Http2Headers headers = RawHttp2.headers("GET", listening.path());
            one.change().accept(headers);

            int status = client.status(client.request(headers, true));

            assertThat(status).isIn(one.status(), one.status() == 400 ? RESET : one.status());
            client.frame(RawHttp2.DATA, 1, bystander, new byte[10]);
            client.flush();
            assertThat(client.status(bystander)).isEqualTo(200);
            assertThat(client.status(client.get(listening.path()))).isEqualTo(200);
        }
    }

    /** The endpoint answers such requests before it sees their bodies. */
    @ParameterizedTest
    @EnumSource(names = "SERVER")
    void http2_bodyShorterThanItsLengthSays_isTurnedAwayAlone(Face face) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            int bystander = client.request(RawHttp2.headers("POST", listening.path()), false);
            int bad = client.request(RawHttp2.headers("POST", listening.path()).add("content-length", "7"), true);
            assertThat(client.status(bad)).isEqualTo(400);
            client.frame(RawHttp2.DATA, 1, bystander, new byte[10]);
            client.flush();
            assertThat(client.status(bystander)).isEqualTo(200);
        }
    }

    /**
     * Malformed requests too, which should end their own streams alone; Jetty's decoder of headers cannot go on behind
     * them. When one of these fails because it is answered, it belongs above, and no longer in compatibility.md.
     */
    private static Map<String, Consumer<Http2Headers>> connectionsEnds() {
        Map<String, Consumer<Http2Headers>> ends = new LinkedHashMap<>();
        ends.put("a content-length that is no number", h -> h.add("content-length", "abc"));
        ends.put("an empty content-length", h -> h.add("content-length", ""));
        ends.put("a content-length beyond 63 bits", h -> h.add("content-length", "9".repeat(30)));
        ends.put("an authority with a port that is no number", h -> h.authority("localhost:abc"));
        ends.put("a status that is no number", h -> h.add(":status", "abc"));
        ends.put("an empty name", h -> h.add("", "x"));
        return ends;
    }

    static Stream<Arguments> whereConnectionsEnd() {
        return Stream.of(Face.values())
                .flatMap(face -> connectionsEnds().entrySet().stream()
                        .map(one -> Arguments.of(face, one.getKey(), one.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("whereConnectionsEnd")
    void http2_fieldThatTheDecoderCannotPass_endsItsConnectionAndNoOther(
            Face face, String name, Consumer<Http2Headers> change) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 client = RawHttp2.connect(listening.port());
                RawHttp2 other = RawHttp2.connect(listening.port())) {
            int onOther = other.request(RawHttp2.headers("POST", listening.path()), false);
            Http2Headers headers = RawHttp2.headers("GET", listening.path());
            change.accept(headers);

            int bad = client.request(headers, true);

            assertThatThrownBy(() -> client.status(bad))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the connection was ended with error 1: invalid_hpack_block");
            other.frame(RawHttp2.DATA, 1, onOther, new byte[10]);
            other.flush();
            assertThat(other.status(onOther)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void http2_bodyLongerThanItsLengthSays_isTurnedAwayAlone(Face face) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            int bystander = client.request(RawHttp2.headers("POST", listening.path()), false);
            int bad = client.request(RawHttp2.headers("POST", listening.path()).add("content-length", "5"), false);
            client.frame(RawHttp2.DATA, 1, bad, new byte[50]);
            client.frame(RawHttp2.DATA, 1, bystander, new byte[10]);
            client.flush();
            assertThat(client.status(bad)).isIn(RESET, 200, 400);
            assertThat(client.status(bystander)).isEqualTo(200);
        }
    }

    /** The endpoint reads bodies as they come and has no limit. */
    @ParameterizedTest
    @EnumSource(names = "SERVER")
    void http2_bodyBeyondTheLimit_isTurnedAwayAlone(Face face) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            int bystander = client.request(RawHttp2.headers("POST", listening.path()), false);
            int large = client.request(RawHttp2.headers("POST", listening.path()), false);
            client.frame(RawHttp2.DATA, 1, large, new byte[10 * KIB]);
            client.flush();
            assertThat(client.status(large)).isEqualTo(413);
            client.frame(RawHttp2.DATA, 1, bystander, new byte[10]);
            client.flush();
            assertThat(client.status(bystander)).isEqualTo(200);
        }
    }

    static Stream<Arguments> overHttp1() {
        return Stream.of(Face.values())
                .flatMap(face -> Stream.of(
                        Arguments.of(face, "x-long: " + "v".repeat(9 * KIB), "200"),
                        Arguments.of(face, "x-long: " + "v".repeat(63 * KIB), "200"),
                        Arguments.of(face, "x-long: " + "v".repeat(70 * KIB), "431"),
                        Arguments.of(face, "content-length: -1", "400"),
                        Arguments.of(face, "content-length: abc", "400"),
                        Arguments.of(face, "content-length: 1\r\ncontent-length: 2", "400"),
                        Arguments.of(face, "x bad: a", "400"),
                        Arguments.of(face, "x-bad: a\0b", "400"),
                        Arguments.of(face, "host: other", "400")));
    }

    @ParameterizedTest
    @MethodSource("overHttp1")
    void http1_request_isAnsweredShortlyWithoutATrace(Face face, String header, String status) throws IOException {
        try (Listening listening = face.listen();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.port())) {
            socket.getOutputStream()
                    .write(("GET " + listening.path() + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n" + header
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .doesNotContainIgnoringCase("<html", "org.eclipse", "\tat ")
                    .hasSizeLessThan(1_000);
        }
    }
}
