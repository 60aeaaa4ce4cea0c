package dev.reprise.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private final ResponseReader reader = new ResponseReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx: y\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n"
            })
    void add_cutAnywhere_bodyOnceItIsComplete(String answer) throws BrokenConnectionException {
        for (int cut = 1; cut < answer.length(); cut++) {
            assertThat(reader.add(bytes(answer.substring(0, cut)))).isEmpty();
            Optional<byte[]> body = reader.add(bytes(answer.substring(cut)));
            assertThat(body).map(ResponseReaderTest::text).contains("hello");
            assertThat(reader.status()).isEqualTo(200);
        }
    }

    @Test
    void add_noContent_emptyBodyAndStatus() throws BrokenConnectionException {
        assertThat(reader.add(bytes("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")))
                .map(ResponseReaderTest::text)
                .contains("");
        assertThat(reader.status()).isEqualTo(204);
        assertThat(reader.closes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n"
            })
    void add_noAnswer_broken(String answer) {
        assertThatThrownBy(() -> reader.add(bytes(answer))).isInstanceOf(BrokenConnectionException.class);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
