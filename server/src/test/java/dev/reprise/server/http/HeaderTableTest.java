package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.http.Face.Listening;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may have a server remember of its headers (HPACK's dynamic table, RFC 7541) is bounded. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeaderTableTest {
    private static final int END_OF_HEADERS_AND_STREAM = 5;
    private static final int COMPRESSION_ERROR = 9;

    /** GET / of http://x, behind a change of the table's size to 31 + 97 + 128 times this. */
    private static byte[] get(int times) {
        return new byte[] {0x3f, (byte) 0xe1, (byte) times, (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void table_ofFourKibibytes_isTheLargest(Face face) throws IOException {
        try (Listening listening = face.listen();
                RawHttp2 other = RawHttp2.connect(listening.port());
                RawHttp2 client = RawHttp2.connect(listening.port())) {
            client.frame(RawHttp2.HEADERS, END_OF_HEADERS_AND_STREAM, 1, get(31)); // 4096
            assertThat(client.status(1)).isBetween(200, 499);

            client.frame(RawHttp2.HEADERS, END_OF_HEADERS_AND_STREAM, 3, get(32)); // 4224
            client.flush();
            assertThatThrownBy(() -> client.status(3)).hasMessageContaining("error " + COMPRESSION_ERROR);
            assertThat(other.status(other.get(listening.path()))).isEqualTo(200);
        }
    }
}
