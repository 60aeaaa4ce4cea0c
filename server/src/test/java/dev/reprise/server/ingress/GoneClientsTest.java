package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.Engine;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RawHttp2;
import dev.reprise.server.http.RawHttp2.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that goes away while its request waits for an invocation keeps nothing: no socket, no place in the engine.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class GoneClientsTest {
    /** Who waits for an answer is not stalled. */
    private static final Duration STALL_TIMEOUT = Duration.ofMillis(500);

    private static final int CLIENTS = 300;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Reprise reprise;
    private HttpServer ingress;
    private int waitingBefore;
    private long socketsBefore;

    @BeforeEach
    void start() throws IOException {
        reprise = Reprise.embedded()
                .bind(ServiceDefinition.service("Waiter")
                        .handler(
                                "wait",
                                String.class,
                                String.class,
                                (ctx, _) ->
                                        ctx.awakeable(String.class).promise().await())
                        .build())
                .bind(ServiceDefinition.workflow("Flow")
                        .run(
                                "run",
                                String.class,
                                String.class,
                                (ctx, _) ->
                                        ctx.awakeable(String.class).promise().await())
                        .build())
                .start();
        ingress = HttpServer.start(
                "ingress",
                new Address("127.0.0.1", 0),
                IngressServer.handler(
                        reprise.engine(),
                        IngressServer.bodies(BodyLimits.upTo(1_000)),
                        InstantSource.system(),
                        IngressTraces.NONE),
                Duration.ZERO,
                STALL_TIMEOUT);
        waitingBefore = engine().progress().waitingRequests();
        socketsBefore = sockets();
    }

    @AfterEach
    void stop() {
        ingress.close();
        reprise.close();
    }

    private Engine engine() {
        return reprise.engine();
    }

    /** The sockets that this process has open. */
    private static long sockets() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(GoneClientsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException _) {
            return false;
        }
    }

    @SuppressWarnings("StringConcatToTextBlock") // a text block has other ends of lines than HTTP
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /Waiter/wait HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n\"a\"",
                "POST /Waiter/wait HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                        + "transfer-encoding: chunked\r\n\r\n3\r\n\"a\"\r\n0\r\n\r\n",
                // Another request comes behind it at once.
                "POST /Waiter/wait HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n\"a\""
                        + "GET /restate/health HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /restate/workflow/Flow/key/attach HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /restate/invocation/{id}/attach HTTP/1.1\r\nhost: x\r\n\r\n"
            })
    void http1_clientsGo_socketsAndWaitsAreLetGo(String request) throws IOException {
        begin("/Flow/key/run");
        String id = begin("/Waiter/wait");
        byte[] bytes = request.replace("{id}", id).getBytes(StandardCharsets.US_ASCII);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), ingress.port());
            client.getOutputStream().write(bytes);
            clients.add(client);
        }
        await(() -> waiting() == CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            // Half of them end in order, half are cut.
            clients.get(i).setSoLinger(i % 2 == 0, 0);
            clients.get(i).close();
        }
        assertAllIsLetGo();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "goaway", "closed", "halfClosed"})
    void http2_clientsGo_waitsAreLetGo(String way) throws IOException {
        String id = begin("/Waiter/wait");
        List<RawHttp2> clients = new ArrayList<>();
        int streams = 20;
        for (int i = 0; i < 10; i++) {
            RawHttp2 client = RawHttp2.connect(ingress.port());
            clients.add(client);
            for (int k = 0; k < streams; k++) {
                client.get("/restate/invocation/" + id + "/attach");
            }
        }
        await(() -> waiting() == 10 * streams);
        for (RawHttp2 client : clients) {
            leave(client, way, streams);
        }
        await(() -> waiting() == 0);
        for (RawHttp2 client : clients) {
            client.close();
        }
        assertAllIsLetGo();
    }

    private static void leave(RawHttp2 client, String way, int streams) throws IOException {
        switch (way) {
            case "reset" -> {
                for (int k = 0; k < streams; k++) {
                    client.frame(RawHttp2.RST_STREAM, 0, 2 * k + 1, new byte[] {0, 0, 0, 8});
                }
                client.flush();
            }
            case "goaway" -> {
                client.frame(RawHttp2.GOAWAY, 0, 0, new byte[8]);
                client.flush();
                client.shutdownOutput();
            }
            case "halfClosed" -> client.shutdownOutput();
            default -> client.close();
        }
    }

    /** Otherwise they gather in the invocation's row, which is written anew for each, for as long as it runs. */
    @Test
    void clientsThatAttachedGo_theInvocationForgetsThem() throws IOException {
        String id = begin("/Waiter/wait");
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), ingress.port());
            client.getOutputStream()
                    .write(("GET /restate/invocation/" + id + "/attach HTTP/1.1\r\nhost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            clients.add(client);
        }
        await(() -> attached(id) == CLIENTS);
        for (Socket client : clients) {
            client.close();
        }
        await(() -> attached(id) == 0);
    }

    private int attached(String id) {
        return engine().views()
                .invocation(InvocationId.parse(id))
                .join()
                .orElseThrow()
                .waiting()
                .size();
    }

    /**
     * What a client asked for last may have come with its going away; it is answered as long as the client is there.
     */
    @Test
    void http1_clientThatStays_isAnsweredAlsoAfterAWhileAndItsNextRequestToo() throws IOException {
        String id = begin("/Waiter/wait");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ingress.port())) {
            String attach = "GET /restate/invocation/" + id + "/attach HTTP/1.1\r\nhost: x\r\n\r\n";
            String health = "GET /restate/health HTTP/1.1\r\nhost: x\r\n\r\n";
            client.getOutputStream().write(attach.getBytes(StandardCharsets.US_ASCII));
            await(() -> waiting() == 1);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            client.getOutputStream().write(health.repeat(2).getBytes(StandardCharsets.US_ASCII));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            client.getOutputStream().write(health.getBytes(StandardCharsets.US_ASCII));
            var _ = engine().kill(InvocationId.parse(id)).join();
            String answers = "";
            byte[] buffer = new byte[4096];
            while (answers.split("\"services\"", -1).length < 4) {
                int read = client.getInputStream().read(buffer);
                assertThat(read).isPositive();
                answers += new String(buffer, 0, read, StandardCharsets.UTF_8);
            }
            assertThat(answers).contains("409").doesNotContain("HTTP/1.1 500");
        }
    }

    @Test
    void http2_afterGoAway_whoStaysIsStillAnswered() throws IOException {
        String id = begin("/Waiter/wait");
        try (RawHttp2 client = RawHttp2.connect(ingress.port())) {
            int stream = client.get("/restate/invocation/" + id + "/attach");
            await(() -> waiting() == 1);
            LockSupport.parkNanos(3 * STALL_TIMEOUT.toNanos());
            client.frame(RawHttp2.GOAWAY, 0, 0, new byte[8]);
            client.frame(RawHttp2.PING, 0, 0, ByteBuffer.allocate(8).array());
            client.flush();
            Frame pong = client.read();
            while (pong.type() != RawHttp2.PING) {
                pong = client.read();
            }
            var _ = engine().kill(InvocationId.parse(id)).join();
            assertThat(client.status(stream)).isEqualTo(409);
        }
    }

    private void assertAllIsLetGo() {
        await(() -> waiting() == 0);
        await(() -> {
            try {
                return sockets() <= socketsBefore;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private int waiting() {
        return engine().progress().waitingRequests() - waitingBefore;
    }

    private String begin(String path) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ingress.port())) {
            client.getOutputStream()
                    .write(("POST " + path + "/send HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                                    + "content-type: application/json\r\ncontent-length: 3\r\n\r\n\"a\"")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("\"invocationId\":\"");
            return answer.replaceAll("(?s).*\"invocationId\":\"([^\"]+)\".*", "$1");
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
