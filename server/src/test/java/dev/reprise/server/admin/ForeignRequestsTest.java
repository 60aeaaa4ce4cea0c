package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Address;
import dev.reprise.server.config.ClientLimits;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of others cannot have a browser change anything, whatever name they go by. */
@Timeout(60)
class ForeignRequestsTest {
    private static final Handler DONE = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(200);
            callback.succeeded();
            return true;
        }
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POST   | localhost:9070      | -                               | 200
            POST   | 127.0.0.1:9070      | -                               | 200
            POST   | 10.1.2.3            | -                               | 200
            POST   | [::1]:9070          | -                               | 200
            POST   | restate:9070        | -                               | 200
            POST   | a.svc.cluster.local | -                               | 200
            POST   | Admin.Example.com   | -                               | 200
            POST   | evil.example.com    | -                               | 403
            DELETE | evil.example.com    | -                               | 403
            PATCH  | evil.example.com    | -                               | 403
            PUT    | evil.example.com    | -                               | 403
            GET    | evil.example.com    | -                               | 200
            POST   | evil.example.com    | origin: http://evil.example.com | 403
            POST   | localhost:9070      | origin: http://localhost:9070   | 200
            POST   | [::1]:9070          | origin: http://[::1]:9070       | 200
            POST   | localhost:9070      | origin: http://localhost:3000   | 403
            POST   | localhost:9070      | origin: http://evil.example.com | 403
            POST   | localhost:9070      | origin: null                    | 403
            POST   | localhost:9070      | origin: http://ui.example.com   | 200
            POST   | localhost:9070      | sec-fetch-site: cross-site      | 403
            POST   | localhost:9070      | sec-fetch-site: same-site       | 403
            POST   | localhost:9070      | sec-fetch-site: same-origin     | 200
            POST   | localhost:9070      | sec-fetch-site: none            | 200
            """)
    void change_ofAForeignPage_isRefused(String method, String host, String header, String status) throws IOException {
        ServerConfig.Admin config = new ServerConfig.Admin(
                new Address("127.0.0.1", 0),
                1 << 20,
                Optional.empty(),
                ClientLimits.ofAnyPort(),
                List.of("admin.example.com"),
                List.of("http://ui.example.com"),
                false);
        try (HttpServer server = HttpServer.start(
                        "test", new Address("127.0.0.1", 0), new ForeignRequests(config, DONE), Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String more = header == null ? "" : header + "\r\n";
            socket.getOutputStream()
                    .write((method + " /deployments HTTP/1.1\r\nhost: " + host + "\r\n" + more
                                    + "content-length: 0\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            if (status.equals("403")) {
                assertThat(answer).contains("{\"message\":\"Expected ");
            }
        }
    }
}
