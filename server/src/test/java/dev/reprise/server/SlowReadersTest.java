package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server process with a small heap, and clients who ask for large results and read them slowly or not at all. */
@Timeout(value = 170, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class SlowReadersTest {
    private static final int HEAP_MIB = 300;
    private static final int READERS = 64;
    private static final int LARGE_BYTES = 30_000_000;
    private static final int MIDDLE_BYTES = 8_000_000;
    private static final int STEPS = 8;
    /** Between two of its requests, so that it does not take the processor from those it stands by. */
    private static final long BYSTANDER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ChildProcess server;

    @BeforeEach
    void start() throws IOException {
        ChildProcess service = ChildProcess.java(folder, SlowReadersTest.class);
        open.add(service);
        server = ChildProcess.configuredServer(folder, "[ingress]\nstall-timeout = \"4s\"\n", HEAP_MIB);
        open.add(server);
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port("handlers") + "\"}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
    }

    /** The service, in a process whose memory is not counted. */
    @SuppressWarnings("SystemOut") // how the parent process learns the port
    public static void main(String[] args) throws IOException, InterruptedException {
        try (var served = Endpoint.bind(ServiceDefinition.service("Results")
                        .handler("of", Integer.class, String.class, (_, size) -> "x".repeat(size))
                        .handler("steps", Integer.class, String.class, (ctx, size) -> {
                            for (int i = 0; i < STEPS; i++) {
                                ctx.run("step " + i, String.class, () -> "x".repeat(size));
                            }
                            return "x".repeat(STEPS * size);
                        })
                        .build())
                .listen(0)) {
            System.out.println("serving the handlers on port " + served.port());
            served.join();
        }
    }

    @AfterEach
    @SuppressWarnings("InterruptedExceptionSwallowed") // what is closed may throw anything
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        threads.shutdownNow();
    }

    /** A client that has asked, and reads on when it is told to. */
    private final class Reader {
        private final Socket socket;

        private Reader(String request) throws IOException {
            socket = new Socket();
            open.add(socket);
            socket.setReceiveBufferSize(64 << 10);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("ingress")));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        /** The status, and whether all of the body came. */
        private String readAll() {
            try {
                InputStream in = socket.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int next = in.read();
                    if (next < 0) {
                        return "cut";
                    }
                    head.append((char) next);
                }
                int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
                byte[] body = in.readNBytes(length);
                return body.length < length ? "cut" : head.substring(9, 12) + " " + (length > 1_000_000 ? length : "");
            } catch (IOException e) {
                assertThat(e).as("cut while it was read").hasMessageContaining("reset");
                return "cut";
            }
        }
    }

    private static String attach(String id) {
        return "GET /restate/invocation/" + id + "/attach HTTP/1.1\r\nhost: x\r\n\r\n";
    }

    @Test
    void results_attachedToByManyWhoDoNotRead_endNobodyElsesRequests()
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        List<Reader> readers = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(callKept(i % 2 == 0 ? LARGE_BYTES : MIDDLE_BYTES, "key-" + i));
        }
        for (int i = 0; i < READERS; i++) {
            readers.add(new Reader(attach(ids.get(i % ids.size()))));
        }
        assertBystanderIsServed();
        List<String> outcomes = outcomes(readers);
        // Who read in time got all of it, who did not was cut, and who had to wait for too long was told so.
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isIn("cut", "503 ", "200 " + (LARGE_BYTES + 2), "200 " + (MIDDLE_BYTES + 2)));
        for (String id : ids) {
            assertThat(new Reader(attach(id)).readAll()).startsWith("200 ");
        }
    }

    private String callKept(int size, String key) throws IOException {
        Reader caller = new Reader("POST /Results/of HTTP/1.1\r\nhost: x\r\nidempotency-key: " + key
                + "\r\ncontent-type: application/json\r\ncontent-length: "
                + String.valueOf(size).length() + "\r\n\r\n" + size);
        assertThat(caller.readAll()).isEqualTo("200 " + (size + 2));
        HttpResponse<String> found = server.post(
                "ingress",
                "/restate/lookup",
                "{\"target\":\"idempotentInvocation\",\"service\":\"Results\",\"handler\":\"of\",\"idempotencyKey\":\""
                        + key + "\"}");
        return found.body().replaceAll("(?s).*\"invocationId\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void calls_ofManyWhoDoNotRead_endNobodyElsesRequests()
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int size = i % 8 == 0 ? LARGE_BYTES : MIDDLE_BYTES;
            readers.add(new Reader("POST /Results/of HTTP/1.1\r\nhost: x\r\n"
                    + "content-type: application/json\r\ncontent-length: "
                    + String.valueOf(size).length() + "\r\n\r\n" + size));
        }
        assertBystanderIsServed();
        List<String> outcomes = outcomes(readers);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isIn("cut", "503 ", "200 " + (LARGE_BYTES + 2), "200 " + (MIDDLE_BYTES + 2)));
        Reader last = new Reader("POST /Results/of HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                + "content-length: 8\r\n\r\n" + LARGE_BYTES);
        assertThat(last.readAll()).isEqualTo("200 " + (LARGE_BYTES + 2));
    }

    /** Each has a journal of as much again as its result. */
    @Test
    void largeJournals_attachedToByManyAtOnce_areAllAnswered()
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        int stepBytes = 400_000;
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> sent = server.post("ingress", "/Results/steps/send", String.valueOf(stepBytes));
            String id = sent.body().replaceAll("(?s).*\"invocationId\":\"([^\"]+)\".*", "$1");
            readers.add(new Reader(attach(id)));
        }
        List<CompletableFuture<String>> outcomes = readers.stream()
                .map(reader -> CompletableFuture.supplyAsync(reader::readAll, threads))
                .toList();
        assertBystanderIsServed();
        for (CompletableFuture<String> outcome : outcomes) {
            // One whose memory was taken when it came is told so: without an idempotency key it is not kept.
            assertThat(outcome.get(90, TimeUnit.SECONDS)).isIn("200 " + (STEPS * stepBytes + 2), "503 ");
        }
        assertThat(outcomes).anySatisfy(outcome -> assertThat(outcome.join()).startsWith("200 "));
    }

    private List<String> outcomes(List<Reader> readers)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<CompletableFuture<String>> outcomes = readers.stream()
                .map(reader -> CompletableFuture.supplyAsync(reader::readAll, threads))
                .toList();
        List<String> all = new ArrayList<>();
        for (CompletableFuture<String> outcome : outcomes) {
            all.add(outcome.get(90, TimeUnit.SECONDS));
        }
        return all;
    }

    private void assertBystanderIsServed() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(12);
        int served = 0;
        while (System.nanoTime() < end || served < 20) {
            HttpResponse<String> answer = server.post("ingress", "/Results/of", "3");
            assertThat(answer.body()).isEqualTo("\"xxx\"");
            served++;
            LockSupport.parkNanos(BYSTANDER_PAUSE_NANOS);
        }
        try {
            assertThat(server.get("metrics", "/metrics"))
                    .contains("restate_memory_pool_usage_bytes", "name=\"ingress-responses\"");
        } catch (UncheckedIOException e) {
            throw new AssertionError(server.output(), e);
        }
    }
}
