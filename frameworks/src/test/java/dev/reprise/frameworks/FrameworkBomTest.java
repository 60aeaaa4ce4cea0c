package dev.reprise.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application of Spring Boot with an endpoint and an embedded engine, with the libraries' versions of Boot's BOM.
 */
@Timeout(60)
class FrameworkBomTest {
    @TempDir
    private Path folder;

    /** A service. */
    @Service
    public static class Greeter {
        @Handler
        public String greet(Context ctx, String name) {
            return "Hello " + name;
        }
    }

    /** The application: an endpoint that begins and ends with it. */
    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        EndpointServer endpoint() throws IOException {
            return Endpoint.bind(new Greeter()).listen(0);
        }
    }

    private static ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run();
    }

    @Test
    void versions_areThoseOfBoot() {
        assertThat(SpringBootVersion.getVersion()).startsWith(System.getProperty("boot.line"));
        assertThat(Jetty.VERSION).startsWith(System.getProperty("boot.line").equals("3.5") ? "12.0." : "12.1.");
    }

    @Test
    void endpoint_http11_isDiscovered() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext application = start();
                HttpClient client = HttpClient.newHttpClient()) {
            int port = application.getBean(EndpointServer.class).port();
            HttpRequest discover = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/discover"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<String> answer = client.send(discover, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Greeter");
        }
    }

    @Test
    void endpoint_http2WithPriorKnowledge_runsAnAttempt() throws Exception {
        HTTP2Client client = new HTTP2Client();
        try (ConfigurableApplicationContext application = start();
                AutoCloseable ignored = client::stop) {
            client.start();
            int port = application.getBean(EndpointServer.class).port();
            Session session = client.connect(new InetSocketAddress("localhost", port), new Session.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            HttpURI uri = HttpURI.from("http://localhost:" + port + "/invoke/Greeter/greet");
            HttpFields fields = HttpFields.build().put("content-type", ProtocolVersion.V6.contentType());
            MetaData.Request head = new MetaData.Request("POST", uri, HttpVersion.HTTP_2, fields);
            Answer answer = new Answer();
            Stream stream =
                    session.newStream(new HeadersFrame(head, null, false), answer).get(10, TimeUnit.SECONDS);
            stream.data(new DataFrame(stream.getId(), request(), true), Callback.NOOP);
            assertThat(answer.whole.get(20, TimeUnit.SECONDS))
                    .contains(new Command.Output(new Result.Value(Bytes.utf8("\"Hello Ada\"")), ""));
        }
    }

    @Test
    void embedded_inAFolder_answers() {
        try (Reprise reprise =
                Reprise.embedded().folder(folder).bind(new Greeter()).start()) {
            assertThat(reprise.client().service(Greeter.class).call(Greeter::greet, "Ada"))
                    .isEqualTo("Hello Ada");
        }
    }

    /** What a server sends to begin with. */
    private static ByteBuffer request() {
        InvocationId id = new InvocationId(1, 2, 3);
        List<Message> messages = List.of(
                new Start(id.toBytes(), id.toString(), 1, List.of(), false, "", 0, 0, 42, null, null, null),
                new Command.Input(List.of(), Bytes.utf8("\"Ada\""), ""));
        return FrameEncoder.encode(
                messages.stream().map(MessageCodec::encode).map(Frame::new).toList());
    }

    /** The messages of an answer, when all have come. */
    private static final class Answer implements Stream.Listener {
        private final CompletableFuture<List<Message>> whole = new CompletableFuture<>();
        private final FrameDecoder decoder = new FrameDecoder();
        private final List<Message> messages = new ArrayList<>();

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            stream.demand();
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            decoder.decode(data.frame().getByteBuffer()).stream()
                    .map(frame -> MessageCodec.decode(frame.message()))
                    .forEach(messages::add);
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                whole.complete(messages);
            } else {
                stream.demand();
            }
        }
    }
}
