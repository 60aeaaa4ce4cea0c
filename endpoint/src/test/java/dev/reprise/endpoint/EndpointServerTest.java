package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.service.ServiceDefinitionException;
import dev.reprise.sdk.service.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointServerTest {
    private final Attempt.Greeter greeter = new Attempt.Greeter();

    private EndpointServer server;

    @BeforeEach
    void listen() throws IOException {
        server = Endpoint.bind(greeter).listen(0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20));
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, handler);
        }
    }

    @Test
    void http11_discovery_saysRequestResponse() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("/discover").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("REQUEST_RESPONSE");
    }

    @Test
    void http11_largeAnswer_arrivesWhole() throws IOException, InterruptedException {
        int size = 8 << 20;
        HttpRequest request = request("/invoke/Greeter/large")
                .header("content-type", "application/vnd.restate.invocation.v7")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Attempt.request(Integer.toString(size))))
                .build();
        byte[] answer = send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        assertThat(Attempt.messages(answer))
                .first()
                .isEqualTo(new Command.Output(new Result.Value(Bytes.utf8('"' + "x".repeat(size) + '"')), ""));
    }

    /** On Java 21 these tests have one carrier for all virtual threads, so a handler that held it would be noticed. */
    @Test
    @Timeout(60)
    void http11_answerNotTaken_holdsBackNoOtherHandler() throws IOException, InterruptedException {
        byte[] body = Attempt.request(Integer.toString(16 << 20));
        try (Socket lazy = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = lazy.getOutputStream();
            out.write(("POST /invoke/Greeter/propose HTTP/1.1\r\nhost: x\r\ncontent-type: application/vnd.restate."
                            + "invocation.v7\r\ncontent-length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            readUntil("xxxxxxxx", lazy.getInputStream());
            // Its thread now has more to write than it can.
            greeter.released.countDown();
            for (int call = 0; call < 20; call++) {
                HttpRequest request = request("/invoke/Greeter/large")
                        .header("content-type", "application/vnd.restate.invocation.v7")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Attempt.request("1")))
                        .build();
                byte[] answer =
                        send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
                assertThat(Attempt.messages(answer))
                        .first()
                        .isEqualTo(new Command.Output(new Result.Value(Bytes.utf8("\"x\"")), ""));
            }
        }
    }

    @Test
    void http2_runAcknowledgedOnTheSameStream_handlerGoesOn() throws IOException, InterruptedException {
        HTTP2Client client = new HTTP2Client();
        LifeCycle.start(client);
        try {
            Session session =
                    got(client.connect(new InetSocketAddress("localhost", server.port()), new Session.Listener() {}));
            Frames frames = new Frames();
            Stream stream = open(session, frames);
            write(stream, Attempt.request("\"Ada\""));
            assertThat(frames.next()).isInstanceOf(Command.Run.class);
            assertThat(frames.next()).isInstanceOf(ControlMessage.ProposeRunCompletion.class);
            write(stream, Attempt.bytes(new ControlMessage.ProposeRunCompletionAck(1)));
            assertThat(frames.next()).isEqualTo(new Command.Output(new Result.Value(Bytes.utf8("\"Hello Ada\"")), ""));
            assertThat(frames.next()).isEqualTo(new ControlMessage.End());
        } finally {
            LifeCycle.stop(client);
        }
    }

    /** Refused for its head, while the client is still sending. */
    @ParameterizedTest
    @ValueSource(ints = {20, 5_000_000})
    void http11_bodySentAfterTheAnswer_isDroppedAndTheConnectionServesOn(int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil("found /nowhere.", socket.getInputStream())).startsWith("HTTP/1.1 404 ");
            out.write(new byte[length]);
            out.write(
                    "GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("HTTP/1.1 200 ");
        }
    }

    private static String readUntil(String end, InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int c = in.read();
            assertThat(c).as("the answer goes on after: %s", read).isNotNegative();
            read.append((char) c);
        }
        return read.toString();
    }

    private Stream open(Session session, Frames frames) {
        HttpFields.Mutable headers = HttpFields.build().put("content-type", "application/vnd.restate.invocation.v7");
        HttpURI uri = HttpURI.from("http://localhost:" + server.port() + "/invoke/Greeter/greet");
        MetaData.Request request = new MetaData.Request("POST", uri, HttpVersion.HTTP_2, headers);
        return got(session.newStream(new HeadersFrame(request, null, false), frames));
    }

    private static void write(Stream stream, byte[] bytes) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        stream.data(
                new DataFrame(stream.getId(), ByteBuffer.wrap(bytes), false),
                Callback.from(() -> written.complete(null), written::completeExceptionally));
        got(written);
    }

    private static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The messages that come, one by one. */
    private static final class Frames implements Stream.Listener {
        private final FrameDecoder decoder = new FrameDecoder();
        private final LinkedBlockingQueue<Message> received = new LinkedBlockingQueue<>();

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            stream.demand();
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data != null) {
                decoder.decode(data.frame().getByteBuffer())
                        .forEach(frame -> received.add(MessageCodec.decode(frame.message())));
                data.release();
            }
            // Behind the end Jetty gives the end again, at once and for ever.
            if (data == null || !data.frame().isEndStream()) {
                stream.demand();
            }
        }

        Message next() throws InterruptedException {
            Message message = received.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing within 10 s");
            }
            return message;
        }
    }

    @Test
    void listen_portInUse_saysSo() {
        assertThatThrownBy(() -> Endpoint.bind(new Attempt.Greeter()).listen(server.port()))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(
                        "Expected to listen on port " + server.port(), "Address already in use", "take another port");
    }

    @Test
    void bind_twoServicesOfOneName_isRefused() {
        Endpoint.Builder builder = Endpoint.bind(new Attempt.Greeter());

        assertThatThrownBy(() -> builder.bind(new Attempt.Greeter()))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessage(
                        "Expected each service bound to have a name of its own, found two named \"Greeter\". Give one of them"
                                + " another with @Name.");
    }

    @Test
    void register_atAnEndpointThatIsNoAdmin_saysWhatItAnswered() {
        URI self = URI.create("http://localhost:" + server.port());
        assertThatThrownBy(() -> server.register(self, self))
                .isInstanceOf(RegistrationException.class)
                .hasMessageContainingAll("status 404", "/deployments", "not the admin API");
    }

    @Test
    void register_withoutASchemeInAnAddress_saysWhatIsWanted() {
        URI self = URI.create("http://localhost:" + server.port());
        assertThatThrownBy(() -> server.register(URI.create("localhost:9070"), self))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("http://localhost:9070, found localhost:9070", "Begin it with http://");
        assertThatThrownBy(() -> server.register(self, URI.create("localhost:9080")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("this endpoint", "found localhost:9080");
    }

    @Test
    void listen_noSuchPort_isRefused() {
        Endpoint.Builder endpoint = Endpoint.bind(new Attempt.Greeter());
        assertThatThrownBy(() -> endpoint.listen(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 65536");
        assertThatThrownBy(() -> endpoint.listen(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }
}
