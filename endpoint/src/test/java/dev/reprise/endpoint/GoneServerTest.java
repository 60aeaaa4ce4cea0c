package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that goes away while a handler works leaves no attempt behind, though the whole request has come. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoneServerTest {
    private static final String INVOKE = "/invoke/Worker/work";
    private static final String TYPE = "application/vnd.restate.invocation.v7";

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    /** There is room for one attempt, so another is answered with 503 as long as it is there. */
    private EndpointServer listen() throws IOException {
        return Endpoint.bind(ServiceDefinition.service("Worker")
                        .handler(
                                "work",
                                String.class,
                                String.class,
                                (ctx, ignored) -> ctx.run("job", String.class, () -> {
                                    working.countDown();
                                    never.await();
                                    return "done";
                                }))
                        .build())
                .attemptsMax(1)
                .listen(0);
    }

    @Test
    void http1_connectionClosed_attemptEnds() throws IOException, InterruptedException {
        try (EndpointServer server = listen()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(request(Attempt.request("\"a\"")));
                assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(isBusy(server)).isTrue();
            }
            awaitRoom(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "close"})
    void http2_streamOrConnectionEnded_attemptEnds(String way)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        HTTP2Client client = new HTTP2Client();
        LifeCycle.start(client);
        try (EndpointServer server = listen()) {
            Session session = client.connect(
                            new InetSocketAddress("localhost", server.port()), new Session.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            HttpURI uri = HttpURI.from("http://localhost:" + server.port() + INVOKE);
            MetaData.Request head = new MetaData.Request(
                    "POST", uri, HttpVersion.HTTP_2, HttpFields.build().put("content-type", TYPE));
            Stream stream = session.newStream(new HeadersFrame(head, null, false), new Stream.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(Attempt.request("\"a\"")), true), Callback.NOOP);
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(isBusy(server)).isTrue();
            if (way.equals("reset")) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            } else {
                session.close(ErrorCode.NO_ERROR.code, "", Callback.NOOP);
                LifeCycle.stop(client);
            }
            awaitRoom(server);
        } finally {
            LifeCycle.stop(client);
        }
    }

    private static byte[] request(byte[] body) {
        byte[] head = String.format(
                        Locale.ROOT,
                        "POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n",
                        INVOKE,
                        TYPE,
                        body.length)
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    /** Asks with half a request, which takes the room only if there is some, and gives it back. */
    private static boolean isBusy(EndpointServer server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            byte[] request = request(new byte[10]);
            socket.getOutputStream().write(request, 0, request.length - 5);
            socket.setSoTimeout(200);
            byte[] answer = new byte[12];
            return socket.getInputStream().readNBytes(answer, 0, answer.length) == answer.length
                    && new String(answer, StandardCharsets.US_ASCII).endsWith("503");
        } catch (SocketTimeoutException ignored) {
            return false;
        }
    }

    private static void awaitRoom(EndpointServer server) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (isBusy(server)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
