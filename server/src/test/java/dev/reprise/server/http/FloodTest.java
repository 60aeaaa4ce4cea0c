package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.http.Face.Listening;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who floods a connection of HTTP/2 with frames that carry nothing loses it, and disturbs nobody else. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FloodTest {
    /**
     * It is ended within a second where nothing else runs; on a busy machine this client may take long to flood at all.
     */
    private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Writes one frame or a few. */
    private interface Flood {
        void write(RawHttp2 client, int round) throws IOException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // what they write depends on nothing that changes
    enum Kind {
        PING((client, _) -> client.frame(RawHttp2.PING, 0, 0, new byte[8])),
        SETTINGS((client, _) -> client.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, 100})),
        EMPTY_SETTINGS((client, _) -> client.frame(RawHttp2.SETTINGS, 0, 0, new byte[0])),
        PRIORITY((client, _) -> client.frame(RawHttp2.PRIORITY, 0, 3, new byte[] {0, 0, 0, 1, 5})),
        RAPID_RESET((client, _) -> {
            int stream = client.write(RawHttp2.headers("POST", "/invoke/Waiter/wait"), false);
            client.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
        }),
        EMPTY_DATA((client, round) -> {
            if (round == 0) {
                client.write(RawHttp2.headers("POST", "/anything"), false);
            }
            client.frame(RawHttp2.DATA, 0, 1, new byte[0]);
        }),
        EMPTY_CONTINUATION((client, round) -> {
            if (round == 0) {
                client.frame(RawHttp2.HEADERS, 0, 1, new byte[0]);
            }
            client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
        }),
        UNKNOWN((client, _) -> client.frame(77, 0, 0, new byte[1]));

        private final Flood flood;

        Kind(Flood flood) {
            this.flood = flood;
        }
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Face.values()).flatMap(face -> Stream.of(Kind.values()).map(kind -> Arguments.of(face, kind)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void flood_onOneConnection_isEndedAndOthersAreServed(Face face, Kind kind) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 other = RawHttp2.connect(listening.port());
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            assertThat(isEnded(client, kind)).as("it is ended").isTrue();
            assertThat(other.status(other.get(listening.path()))).isEqualTo(200);
        }
    }

    private static boolean isEnded(RawHttp2 client, Kind kind) {
        long end = System.nanoTime() + FLOOD_NANOS;
        try {
            for (int round = 0; System.nanoTime() < end; round++) {
                kind.flood.write(client, round);
                client.skipWhatCame();
            }
            client.flush();
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** Nothing forbids these, and they cost nothing but the work of reading them. */
    @ParameterizedTest
    @MethodSource("facesAndStreams")
    void windowUpdates_countless_disturbNobody(Face face, int stream) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 other = RawHttp2.connect(listening.port());
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            client.request(RawHttp2.headers("POST", listening.path()), false);
            try {
                for (int i = 0; i < 300_000; i++) {
                    client.frame(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[] {0, 0, 0, 1});
                    client.skipWhatCame();
                }
                client.flush();
            } catch (IOException _) {
                // It may be ended.
            }
            assertThat(other.status(other.get(listening.path()))).isEqualTo(200);
        }
    }

    static Stream<Arguments> facesAndStreams() {
        return Stream.of(Face.values()).flatMap(face -> Stream.of(Arguments.of(face, 0), Arguments.of(face, 1)));
    }
}
