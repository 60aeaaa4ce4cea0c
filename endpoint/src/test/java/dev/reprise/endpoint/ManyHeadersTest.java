package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The headers of the requests under way are bounded together, not only those of each. */
class ManyHeadersTest {
    private static final int ONE_REQUEST = 48 << 10;
    private static final int HEADER_BYTES_MAX = 64 << 10;

    private final EndpointServer server = EndpointServer.start(
            Endpoint.bind(new Attempt.Greeter()).handler(),
            0,
            null,
            new EndpointServer.Limits(HEADER_BYTES_MAX, 100, 2 * HEADER_BYTES_MAX));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @Timeout(60)
    void headers_ofWaitingRequests_areBoundedTogetherAndLetGoWithTheirRequest() throws IOException {
        try (Socket second = waiting()) {
            try (Socket first = waiting()) {
                assertThat(status(first)).isEqualTo("HTTP/1.1 200");
                assertThat(status(second)).isEqualTo("HTTP/1.1 200");
                try (Socket third = waiting()) {
                    assertThat(status(third)).isEqualTo("HTTP/1.1 503");
                }
            }
            String status;
            do {
                try (Socket next = waiting()) {
                    status = status(next);
                }
            } while (!status.equals("HTTP/1.1 200"));
        }
    }

    /** A request with large headers, of a handler that waits; its body does not end. */
    private Socket waiting() throws IOException {
        byte[] body = Attempt.request("\"Ada\"");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        String head =
                "POST /invoke/Greeter/wait HTTP/1.1\r\nhost: x\r\ncontent-type: application/vnd.restate.invocation.v7"
                        + "\r\nx-long: " + "v".repeat(ONE_REQUEST) + "\r\ncontent-length: " + (body.length + 1)
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    }
}
