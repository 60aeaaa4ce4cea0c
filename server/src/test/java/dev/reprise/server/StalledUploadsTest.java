package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server process with a small heap, and clients who begin large uploads and do not end them. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class StalledUploadsTest {
    private static final int UPLOADS = 31;
    private static final int UPLOAD_BYTES = 31_000_000;
    private static final int PIECE_BYTES = 100_000;
    private static final int HEAP_MIB = 256;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ChildProcess server;

    @BeforeEach
    void start() throws IOException {
        EndpointServer service = Endpoint.bind(ServiceDefinition.service("Sizes")
                        .handler("of", String.class, Integer.class, (_, text) -> text.length())
                        .build())
                .listen(0);
        open.add(service);
        server = ChildProcess.configuredServer(folder, "[ingress]\nstall-timeout = \"4s\"\n", HEAP_MIB);
        open.add(server);
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    @SuppressWarnings("InterruptedExceptionSwallowed") // what is closed may throw anything
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        threads.shutdownNow();
    }

    /** Whether they say how long they are, or come in chunks. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void uploads_manyStalled_endNobodyElsesRequests(boolean lengthIsSaid)
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port("ingress"));
            open.add(socket);
            answers.add(CompletableFuture.supplyAsync(() -> stalledUpload(socket, lengthIsSaid), threads));
            if (i == 0) {
                // All that it sends finds room: this one is the client's fault. The others may all be refused for want
                // of memory.
                server.await("the first upload has come", () -> takenBytes() >= UPLOAD_BYTES - 2 * PIECE_BYTES);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertSmallRequestIsAnswered();
        }
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS))
                    .matches("(?s)HTTP/1.1 (408|503) .*")
                    .contains("\"message\":");
        }
        assertThat(answers).anySatisfy(answer -> assertThat(answer.join()).startsWith("HTTP/1.1 408 "));
        assertLargeRequestIsAnswered();
    }

    /** What the bodies of requests take at present. */
    private double takenBytes() {
        return server.get("metrics", "/metrics")
                .lines()
                .filter(line -> line.startsWith("restate_memory_pool_usage_bytes{")
                        && line.contains("name=\"ingress-requests\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Sends all but the end; the answer's head and body. */
    private static String stalledUpload(Socket socket, boolean lengthIsSaid) {
        String length = lengthIsSaid ? "content-length: " + UPLOAD_BYTES : "transfer-encoding: chunked";
        try {
            socket.getOutputStream()
                    .write(("POST /Sizes/of HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n" + length
                                    + "\r\n\r\n" + (lengthIsSaid ? "" : Integer.toHexString(UPLOAD_BYTES) + "\r\n"))
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[PIECE_BYTES];
            Thread.ofVirtual().start(() -> {
                try {
                    for (int sent = piece.length; sent < UPLOAD_BYTES; sent += piece.length) {
                        socket.getOutputStream().write(piece);
                    }
                } catch (IOException e) {
                    assertThat(e).as("it was refused").isInstanceOf(SocketException.class);
                }
            });
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("}") < 0) {
                answer.append((char) socket.getInputStream().read());
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void uploads_manyStalledOverHttp2_endNobodyElsesRequests()
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            HttpClient client = HttpClient.newHttpClient();
            open.add(client::shutdownNow);
            assertThat(client.send(small(), BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_2);
            HttpRequest upload = HttpRequest.newBuilder(server.uri("ingress", "/Sizes/of"))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.fromPublisher(new Endless()), UPLOAD_BYTES))
                    .build();
            answers.add(client.sendAsync(upload, BodyHandlers.ofString()));
        }
        for (int i = 0; i < 20; i++) {
            assertSmallRequestIsAnswered();
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            // This client tells of an answer only when it has sent all it wanted to.
            answer.handle((head, failure) -> head == null
                            ? assertThat(failure).hasMessageContaining("RST_STREAM")
                            : assertThat(head.statusCode()).isIn(408, 503))
                    .get(60, TimeUnit.SECONDS);
        }
        assertLargeRequestIsAnswered();
    }

    /** Sends nearly all of an upload, then nothing. */
    private static final class Endless implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                private int sent;

                @Override
                public void request(long n) {
                    if (sent < UPLOAD_BYTES - 16_384) {
                        sent += 16_384;
                        subscriber.onNext(ByteBuffer.allocate(16_384));
                    }
                }

                @Override
                public void cancel() {}
            });
        }
    }

    private HttpRequest small() {
        return HttpRequest.newBuilder(server.uri("ingress", "/restate/health")).build();
    }

    private void assertSmallRequestIsAnswered() {
        HttpResponse<String> answer = server.post("ingress", "/Sizes/of", "\"AAAA\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void assertLargeRequestIsAnswered() {
        HttpResponse<String> answer = server.post("ingress", "/Sizes/of", "\"" + "A".repeat(15_000_000) + "\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
