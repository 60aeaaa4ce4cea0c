package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.config.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
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

    private static final Handler UNREAD = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(404);
            response.write(true, ByteBuffer.allocate(0), callback);
            return true;
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

    /** Answered while the client is still sending, as every request is that is refused for its head. */
    @ParameterizedTest
    @ValueSource(ints = {20, 5_000_000})
    void body_sentAfterTheAnswer_isDroppedAndTheConnectionServesOn(int length) throws IOException {
        try (HttpServer server = HttpServer.start("test", new Address("127.0.0.1", 0), UNREAD, Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            InputStream answers = socket.getInputStream();
            for (int i = 0; i < 3; i++) {
                send(socket, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: " + length + "\r\n\r\n");
                assertThat(head(answers)).startsWith("HTTP/1.1 404 ").doesNotContainIgnoringCase("connection: close");
                socket.getOutputStream().write(new byte[length]);
            }
        }
    }

    @Test
    void body_heldBackUntilContinue_isNotWaitedFor() throws IOException {
        try (HttpServer server = HttpServer.start("test", new Address("127.0.0.1", 0), UNREAD, Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 20\r\n\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 404 ").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void body_withoutAnEnd_isCutOff() throws IOException {
        try (HttpServer server = HttpServer.start("test", new Address("127.0.0.1", 0), UNREAD, Duration.ZERO);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 404 ");
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                        for (long sent = 0; sent < 4 * RestOfBody.BYTES_MAX; sent += chunk.length) {
                            socket.getOutputStream().write(chunk);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The lines of an answer without a body. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            assertThat(c).as("the answer goes on after: %s", head).isNotNegative();
            head.append((char) c);
        }
        return head.toString();
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
