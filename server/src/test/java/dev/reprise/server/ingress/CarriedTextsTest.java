package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts arrive as they were given or are refused, in this JVM and over HTTP alike: two keys never become one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarriedTextsTest {
    private static final Target ECHO = Target.service("Echo", "header");

    private final AtomicInteger executions = new AtomicInteger();
    private final BlockingQueue<String> awakeables = new LinkedBlockingQueue<>();
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
                        .handler(
                                "names",
                                String.class,
                                String.class,
                                (ctx, _) -> ctx.request().headers().keySet().stream()
                                        .filter(name -> !name.startsWith("x-restate-"))
                                        .filter(name -> name.startsWith("x-") || name.startsWith("X-"))
                                        .collect(Collectors.joining(",")))
                        .handler(
                                "call",
                                String.class,
                                String.class,
                                (ctx, _) -> ctx.call(
                                                Target.service("Echo", "names"),
                                                "",
                                                String.class,
                                                CallOptions.header("X-From-Handler", "a"))
                                        .await())
                        .handler("fail", String.class, String.class, (_, message) -> {
                            throw new TerminalException("half \ud83d of " + message);
                        })
                        .handler("metadata", String.class, String.class, (_, key) -> {
                            try {
                                throw new TerminalException(500, "no", Map.of(key, "half \ud83d"));
                            } catch (IllegalArgumentException refused) {
                                return refused.getMessage();
                            }
                        })
                        .handler("awakeable", String.class, String.class, (ctx, padding) -> {
                            var awakeable = ctx.awakeable(String.class);
                            ctx.run("tell", () -> awakeables.add(awakeable.id() + padding));
                            return awakeable.await();
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
            for (String key : List.of(
                    "Müller",
                    "a/b",
                    "50%",
                    "%2F",
                    "a+b",
                    "a b",
                    "\ud83d\ude00",
                    "a?b#c",
                    "a;b",
                    "~._-",
                    ".",
                    "..",
                    "...",
                    "../x",
                    "%2e%2e",
                    "a%2Fb",
                    "//",
                    "")) {
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
                assertThatThrownBy(() -> client.call(ECHO, "x-name", String.class, options))
                        .as("%s", options)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Expected ");
                assertThatThrownBy(() -> client.send(ECHO, "x-name", SendOptions.of(options)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(executions).hasValue(0);
    }

    @Test
    void textsThatTravelAsHeaders_ofAscii_arriveAsTheyWereGiven() {
        for (Client client : clients) {
            for (String value : List.of("a b", "a\tb", "a,b", "\"a\"; q=1", "~!@#$%^&*()")) {
                assertThat(client.call(ECHO, "x-name", String.class, CallOptions.header("x-name", value)))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void namesOfHeaders_areInLowerCase_andFoundInAnyCase() {
        for (Client client : clients) {
            CallOptions options = CallOptions.header("X-Name", "a");
            assertThat(client.call(Target.service("Echo", "names"), "", String.class, options))
                    .isEqualTo("x-name");
            for (String name : List.of("X-Name", "x-name", "X-NAME")) {
                assertThat(client.call(ECHO, name, String.class, options)).isEqualTo("a");
            }
            assertThat(client.call(Target.service("Echo", "call"), "", String.class))
                    .isEqualTo("x-from-handler");
        }
    }

    @Test
    void halfASurrogatePair_inTheMessageOfAFailure_isShown() {
        for (Client client : clients) {
            assertThatThrownBy(() -> client.call(Target.service("Echo", "fail"), "it", String.class))
                    .hasMessage("half \\ud83d of it");
            assertThat(client.call(Target.service("Echo", "metadata"), "key", String.class))
                    .contains("value of a failure's metadata", "U+D83D");
        }
    }

    /** The official Java SDK pads its Base64. */
    @Test
    void idsOfAwakeables_withPadding_areUnderstood() throws InterruptedException {
        for (Client client : clients) {
            ClientInvocation waiting = client.send(Target.service("Echo", "awakeable"), "==");
            client.resolveAwakeable(awakeables.take(), "yes");
            assertThat(waiting.attach(String.class)).isEqualTo("yes");
        }
    }

    @Test
    void idsOfAwakeables_thatAreNone_areRefused() {
        for (Client client : clients) {
            for (String id : List.of("", ".", "..", "a/b", "sign_1", "sign_1ü", "%")) {
                assertThatThrownBy(() -> client.resolveAwakeable(id, "x"))
                        .as("awakeable '%s'", id)
                        .isInstanceOfSatisfying(
                                ClientException.class, e -> assertThat(e.code()).isBetween(400, 499));
            }
            assertThatThrownBy(() -> client.resolveAwakeable("sign_1\ud83d", "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.rejectAwakeable("sign_1", "\ud83d"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Some read such a path as another one; it is this one here. */
    @Test
    void dotsInAPath_areTheKeysTheyAre() throws IOException {
        for (String path :
                List.of("/Names/../key", "/Names/./key", "/Names/%2E%2E/key", "/Names/%2e/key", "/Names//key")) {
            String key =
                    path.substring("/Names/".length(), path.lastIndexOf('/')).replaceAll("(?i)%2e", ".");
            assertThat(answerTo(path)).as(path).endsWith("\r\n\r\n\"" + key + "\"");
        }
    }

    private String answerTo(String path) throws IOException {
        return exchange(
                "POST " + path + " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
                        + "content-length: 3\r\nconnection: close\r\n\r\n\"x\"",
                StandardCharsets.UTF_8);
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
        return exchange(request, charset).lines().findFirst().orElse("");
    }

    private String exchange(String request, Charset charset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingress.port())) {
            socket.getOutputStream().write(request.getBytes(charset));
            return new String(socket.getInputStream().readAllBytes(), charset);
        }
    }
}
