package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.http.Face.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections beyond the limit are refused at once, and those that are there go on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionsLimitTest {
    private static final int MAX = 10;
    private static final String HTTP = "HTTP/1.1 ";

    @ParameterizedTest
    @EnumSource
    void connections_beyondTheLimit_areRefusedUntilThereIsRoom(Face face) throws IOException {
        List<Socket> open = new ArrayList<>();
        try (Listening listening = face.listen(MAX)) {
            for (int i = 0; i < MAX; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), listening.port()));
                assertThat(status(open.getLast(), listening)).isEqualTo("200");
            }
            for (int i = 0; i < MAX; i++) {
                try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), listening.port())) {
                    String answer = new String(refused.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertThat(answer).startsWith("HTTP/1.1 503 ").contains("too many connections");
                }
            }
            assertThat(status(open.getFirst(), listening)).isEqualTo("200");
            open.removeLast().close();
            awaitRoom(listening);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static void awaitRoom(Listening listening) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.port())) {
                if (status(socket, listening).equals("200")) {
                    return;
                }
            }
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String status(Socket socket, Listening listening) throws IOException {
        socket.getOutputStream()
                .write(("GET " + listening.path() + " HTTP/1.1\r\nhost: x\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        // What is left of the answer before may come first.
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf(HTTP) < 0 || answer.indexOf(HTTP) + HTTP.length() + 3 > answer.length()) {
            int c = socket.getInputStream().read();
            assertThat(c).as("the answer goes on after: %s", answer).isNotNegative();
            answer.append((char) c);
        }
        int at = answer.indexOf(HTTP) + HTTP.length();
        return answer.substring(at, at + 3);
    }
}
