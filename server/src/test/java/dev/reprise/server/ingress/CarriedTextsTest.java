package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.handler.ServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts arrive as they were given or are refused, in this JVM and over HTTP alike: two keys never become one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarriedTextsTest {
    private static final Target ECHO = Target.service("Echo", "header");

    private final AtomicInteger executions = new AtomicInteger();
    private Reprise reprise;
    private IngressServer ingress;
    private List<Client> clients;

    @BeforeEach
    void start() throws IOException {
        reprise = Reprise.embedded()
                .bind(ServiceDefinition.service("Echo")
                        .handler("header", String.class, String.class, (ctx, name) -> {
                            executions.incrementAndGet();
                            return ctx.request().headers().getOrDefault(name, "none");
                        })
                        .build())
                .bind(ServiceDefinition.object("Names")
                        .handler("key", String.class, String.class, (ctx, _) -> ctx.key())
                        .build())
                .start();
        ingress = IngressServer.start(reprise.engine(), 0, 1_000);
        URI address = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + ingress.port());
        clients = List.of(reprise.client(), Client.http(address).connect());
    }

    @AfterEach
    void stop() {
        ingress.close();
        reprise.close();
    }

    @Test
    void keysOfObjects_arriveAsTheyWereGiven() {
        for (Client client : clients) {
            for (String key :
                    List.of("Müller", "a/b", "50%", "%2F", "a+b", "a b", "\ud83d\ude00", "a?b#c", "a;b", "~._-")) {
                assertThat(client.call(Target.object("Names", key, "key"), "", String.class))
                        .isEqualTo(key);
            }
        }
    }

    @Test
    void textsThatTravelAsHeaders_beyondAscii_areRefusedByBothClients() {
        List<CallOptions> refused = List.of(
                CallOptions.idempotencyKey("Müller"),
                CallOptions.idempotencyKey("a\nb"),
                CallOptions.idempotencyKey("a\u0000"),
                CallOptions.idempotencyKey(" a"),
                CallOptions.header("x-name", "Möller"),
                CallOptions.header("x-name", "a\r\nx-other: b"),
                CallOptions.header("x-name", "a "),
                CallOptions.header("x name", "a"),
                CallOptions.header("", "a"),
                CallOptions.header("Idempotency-Key", "a"),
                CallOptions.header("x-restate-limit-key", "a"),
                CallOptions.header("host", "a"),
                CallOptions.NONE.withScope("s").withLimitKey("ü"));
        for (Client client : clients) {
            for (CallOptions options : refused) {
                assertThatThrownBy(() -> client.call(ECHO, options, "x-name", String.class))
                        .as("%s", options)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Expected ");
                assertThatThrownBy(() -> client.send(ECHO, SendOptions.of(options), "x-name"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(executions).hasValue(0);
    }

    @Test
    void textsThatTravelAsHeaders_ofAscii_arriveAsTheyWereGiven() {
        for (Client client : clients) {
            for (String value : List.of("a b", "a\tb", "a,b", "\"a\"; q=1", "~!@#$%^&*()")) {
                assertThat(client.call(ECHO, CallOptions.header("x-name", value), "x-name", String.class))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void halfASurrogatePair_inAnyText_isRefused() {
        String half = "a\ud83d";
        List<Runnable> uses = List.of(
                () -> Target.object("Names", half, "key"),
                () -> Target.service(half, "key"),
                () -> CallOptions.idempotencyKey(half),
                () -> CallOptions.NONE.withScope(half),
                () -> CallOptions.NONE.withName(half),
                () -> CallOptions.header("x", half),
                () -> RunOptions.named(half),
                () -> StateKey.of(half, String.class),
                () -> clients.getLast().workflowRun("Flow", half),
                () -> clients.getLast().invocation("inv_1").signal(half, "x"),
                () -> clients.getFirst().invocation("inv_1").signal(half, "x"));
        for (Runnable use : uses) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("half of a surrogate pair (U+D83D) at index 1 of \"a\\ud83d\"");
        }
    }

    @Test
    void bytesBeyondAscii_inAHeader_areRefusedByTheIngress() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            for (String header : List.of("idempotency-key: Müller", "x-name: Möller")) {
                assertThat(statusLineOf(header, charset)).isEqualTo("HTTP/1.1 400 Bad Request");
            }
        }
        assertThat(statusLineOf("x-name: Moller", StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200 OK");
        assertThat(executions).hasValue(1);
    }

    private String statusLineOf(String header, Charset charset) throws IOException {
        String request = "POST /Echo/header HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
                + "content-length: 3\r\nconnection: close\r\n" + header + "\r\n\r\n\"x\"";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingress.port())) {
            socket.getOutputStream().write(request.getBytes(charset));
            return new String(socket.getInputStream().readAllBytes(), charset)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
