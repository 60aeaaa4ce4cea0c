package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpServerTest {
    private static final int GIVEN_UP = 1_000;
    private static final Handler BROKEN = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            throw new IllegalStateException("a <secret>");
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /Counter/%zz/add HTTP/1.1\r\nhost: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "nonsense\r\n\r\n"
            })
    void request_noHttp_isRefusedInJson(String request) throws IOException {
        assertThat(answer(request))
                .containsPattern("^HTTP/1.1 (400|505) ")
                .containsIgnoringCase("content-type: application/json")
                .containsPattern(
                        "\\{\"code\":(400,\"message\":\"Bad Request|505,\"message\":\"HTTP Version Not Supported)\"}$");
    }

    @Test
    void handler_failed_isAnsweredInJsonWithoutTheReason() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ")
                .endsWith("{\"code\":500,\"message\":\"Server Error\"}");
    }

    /** As a proxy does whose own clients give up. */
    @Test
    void requests_manyGivenUpOnOneConnection_disturbNoOther() throws IOException, InterruptedException {
        Semaphore silent = new Semaphore(0);
        Handler handler = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (Request.getPathInContext(request).equals("/silent")) {
                    silent.release();
                } else {
                    callback.succeeded();
                }
                return true;
            }
        };
        HttpClient client = HttpClient.newHttpClient();
        try (HttpServer server = HttpServer.start("test", new Address("127.0.0.1", 0), handler, Duration.ZERO)) {
            HttpRequest other = get(server, "/other");
            assertThat(client.send(other, BodyHandlers.discarding()).version()).isEqualTo(HttpClient.Version.HTTP_2);
            CompletableFuture<HttpResponse<Void>> waiting =
                    client.sendAsync(get(server, "/silent"), BodyHandlers.discarding());
            assertThat(silent.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < GIVEN_UP; i++) {
                CompletableFuture<HttpResponse<Void>> givenUp =
                        client.sendAsync(get(server, "/silent"), BodyHandlers.discarding());
                assertThat(silent.tryAcquire(10, TimeUnit.SECONDS))
                        .as("request %s comes", i)
                        .isTrue();
                givenUp.cancel(true);
            }
            assertThat(client.send(other, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            assertThat(waiting).as("a request of the same connection").isNotDone();
        } finally {
            client.shutdownNow();
        }
    }

    private static HttpRequest get(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private static String answer(String request) throws IOException {
        try (HttpServer server = HttpServer.start("test", new Address("127.0.0.1", 0), BROKEN, Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
