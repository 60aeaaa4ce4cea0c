package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's client over real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpClientTest {
    private static final StateKey<String> NAME = StateKey.of("name", String.class);

    private final BlockingQueue<String> awakeables = new LinkedBlockingQueue<>();
    private Reprise reprise;
    private IngressServer ingress;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        reprise = Reprise.embedded()
                .bind(service())
                .bind(object())
                .bind(workflow())
                .start();
        ingress = IngressServer.start(reprise.engine(), 0, 1_000);
        client = Client.http(address(ingress.port())).connect();
    }

    @AfterEach
    void stop() {
        ingress.close();
        reprise.close();
    }

    private ServiceDefinition service() {
        return ServiceDefinition.service("Echo")
                .handler("say", String.class, String.class, (_, text) -> text)
                .handler(
                        "header",
                        String.class,
                        String.class,
                        (ctx, name) -> ctx.request().headers().get(name))
                .handler("fail", String.class, String.class, (_, why) -> {
                    throw new TerminalException(418, why, Map.of("pot", "brown"));
                })
                .handler("wait", String.class, String.class, (ctx, _) -> {
                    var awakeable = ctx.awakeable(String.class);
                    ctx.run("tell", () -> awakeables.add(awakeable.id()));
                    return awakeable.await();
                })
                .handler(
                        "signalled",
                        String.class,
                        String.class,
                        (ctx, name) -> ctx.signal(name, String.class).await())
                .handler("scope", String.class, String.class, (ctx, _) -> scope(ctx))
                .handler("inner", String.class, String.class, (ctx, scope) -> {
                    CallOptions options = CallOptions.NONE.withScope(scope).withLimitKey(scope + "/limit");
                    return ctx.call(echo("scope"), "", String.class, options).await();
                })
                .build();
    }

    private static String scope(Context ctx) {
        return ctx.request().scope().orElse("none") + ", "
                + ctx.request().limitKey().orElse("none");
    }

    private static ServiceDefinition object() {
        return ServiceDefinition.object("Names")
                .handler("set", String.class, String.class, (ctx, name) -> {
                    ctx.set(NAME, name);
                    return ctx.key();
                })
                .build();
    }

    private static ServiceDefinition workflow() {
        return ServiceDefinition.workflow("Flow")
                .run("run", String.class, String.class, (ctx, _) -> scope(ctx))
                .build();
    }

    private static URI address(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static Target echo(String handler) {
        return Target.service("Echo", handler);
    }

    @Test
    void call_givesTheResult_andKeysAreEncoded() {
        assertThat(client.call(echo("say"), "Grüße", String.class)).isEqualTo("Grüße");
        assertThat(client.call(Target.object("Names", "a/b ü?%+", "set"), "x", String.class))
                .isEqualTo("a/b ü?%+");
    }

    @Test
    void call_headersReachTheHandler() {
        CallOptions options = CallOptions.header("tenant", "blue");
        assertThat(client.call(echo("header"), "tenant", String.class, options)).isEqualTo("blue");
    }

    @Test
    void scopeAndLimitKey_reachTheHandler() {
        CallOptions scoped = CallOptions.NONE.withScope("tenant-a");
        CallOptions limited = scoped.withLimitKey("gold");
        for (Client each : List.of(client, reprise.client())) {
            assertThat(each.call(echo("scope"), "", String.class)).isEqualTo("none, none");
            assertThat(each.call(echo("scope"), "", String.class, scoped)).isEqualTo("tenant-a, none");
            assertThat(each.call(echo("scope"), "", String.class, limited)).isEqualTo("tenant-a, gold");
            assertThat(each.call(echo("inner"), "own", String.class)).isEqualTo("own, own/limit");
            assertThat(each.send(echo("scope"), "", SendOptions.of(limited)).attach(String.class))
                    .isEqualTo("tenant-a, gold");
        }
    }

    @Test
    void limitKey_withoutAScope_isRefused() {
        CallOptions options = CallOptions.NONE.withLimitKey("gold");
        for (Client each : List.of(client, reprise.client())) {
            assertThatThrownBy(() -> each.call(echo("scope"), "", String.class, options))
                    .isInstanceOfSatisfying(ClientException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                        assertThat(e.code()).isEqualTo(400);
                    });
        }
    }

    @Test
    void idempotencyKey_belongsToItsScope() {
        SendOptions once = SendOptions.idempotencyKey("order");
        ClientInvocation inA = client.send(echo("scope"), "", once.withScope("a"));
        ClientInvocation inB = client.send(echo("scope"), "", once.withScope("b"));

        assertThat(inA.id()).isNotEqualTo(inB.id());
        assertThat(client.send(echo("scope"), "", once.withScope("a")).id()).isEqualTo(inA.id());
        assertThat(inB.attach(String.class)).isEqualTo("b, none");
    }

    @Test
    void idempotentInvocation_inAScope_isFoundByItsOptions() {
        CallOptions inScope =
                CallOptions.idempotencyKey("found").withScope("tenant.a").withLimitKey("gold");
        for (Client each : List.of(client, reprise.client())) {
            SendOptions late = SendOptions.of(inScope).withDelay(Duration.ofMillis(20));
            ClientInvocation sent = each.send(echo("scope"), "", late);

            ClientInvocation found = each.idempotentInvocation(echo("scope"), inScope);
            assertThat(found.id()).isEqualTo(sent.id());
            assertThat(found.attach(String.class)).isEqualTo("tenant.a, gold");
            ClientInvocation outside = each.idempotentInvocation(echo("scope"), "found");
            assertThatThrownBy(() -> outside.output(String.class))
                    .isInstanceOfSatisfying(
                            ClientException.class, e -> assertThat(e.code()).isEqualTo(404));
        }
    }

    @Test
    void idempotentInvocation_withoutAKey_isRefused() {
        assertThatThrownBy(() -> client.idempotentInvocation(echo("say"), CallOptions.NONE.withScope("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected options with the idempotency key that Echo/say was invoked with");
    }

    @Test
    void workflowRun_inAScope_isFoundByItsOptions() {
        for (Client each : List.of(client, reprise.client())) {
            ClientInvocation outside = each.send(Target.workflow("Flow", "k", "run"), "");
            SendOptions inA = SendOptions.NONE.withScope("a");
            ClientInvocation inside = each.send(Target.workflow("Flow", "k", "run"), "", inA);

            assertThat(each.workflowRun("Flow", "k").id()).isEqualTo(outside.id());
            assertThat(each.workflowRun("Flow", "k", inA.call()).id()).isEqualTo(inside.id());
            assertThat(each.workflowRun("Flow", "k").attach(String.class)).isEqualTo("none, none");
            assertThat(each.workflowRun("Flow", "k", inA.call()).attach(String.class))
                    .isEqualTo("a, none");
        }
    }

    @Test
    void failure_carriesWhatTheHandlerSaid() {
        assertThatThrownBy(() -> client.call(echo("fail"), "short", String.class))
                .isInstanceOfSatisfying(ClientException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.INVOCATION_FAILED);
                    assertThat(e.code()).isEqualTo(418);
                    assertThat(e.getMessage()).isEqualTo("short");
                    assertThat(e.metadata()).containsExactly(Map.entry("pot", "brown"));
                    assertThat(e.invocationId()).get().asString().startsWith("inv_");
                });
    }

    @Test
    void call_ofWhatIsNotThere_isRefused() {
        assertThatThrownBy(() -> client.call(echo("dance"), "x", String.class))
                .isInstanceOfSatisfying(ClientException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                    assertThat(e.code()).isEqualTo(404);
                    assertThat(e.getMessage()).contains("dance");
                });
    }

    @Test
    void send_isFoundAgainByItsIdempotencyKey() {
        SendOptions once = SendOptions.delay(Duration.ofMillis(20)).withIdempotencyKey("once");
        ClientInvocation sent = client.send(echo("say"), "late", once);

        assertThat(client.send(echo("say"), "late", once).id()).isEqualTo(sent.id());
        ClientInvocation found = client.idempotentInvocation(echo("say"), "once");
        assertThat(found.id()).isEqualTo(sent.id());
        assertThat(found.attach(String.class)).isEqualTo("late");
        assertThat(found.output(String.class)).contains("late");
    }

    @Test
    void awakeable_isResolvedAndRejected() throws InterruptedException {
        ClientInvocation first = client.send(echo("wait"), "x");
        String awakeable = awakeables.poll(30, TimeUnit.SECONDS);
        assertThat(first.output(String.class)).isEmpty();
        client.resolveAwakeable(String.valueOf(awakeable), "done");
        assertThat(first.attach(String.class)).isEqualTo("done");

        ClientInvocation second = client.send(echo("wait"), "x");
        client.rejectAwakeable(String.valueOf(awakeables.poll(30, TimeUnit.SECONDS)), "no");
        assertThatThrownBy(() -> second.attach(String.class)).hasMessage("no");
    }

    @Test
    void signal_reachesTheInvocation() {
        ClientInvocation first = client.send(echo("signalled"), "go/on");
        first.signal("go/on", "now");
        assertThat(first.attach(String.class)).isEqualTo("now");

        ClientInvocation second = client.send(echo("signalled"), "go");
        second.rejectSignal("go", "stop");
        assertThatThrownBy(() -> second.attach(String.class)).hasMessage("stop");
    }

    @Test
    void cancel_withoutAnAdminAddress_saysWhatIsMissing() {
        ClientInvocation sent = client.send(echo("signalled"), "go");
        assertThatThrownBy(sent::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("admin(…)");
    }

    @Test
    void server_thatIsNotThere_isSaidAfterTheRetries() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        Client lost = Client.http(address(unused))
                .retries(RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(3))
                .connect();
        assertThatThrownBy(() -> lost.call(echo("say"), "x", String.class))
                .isInstanceOfSatisfying(ClientException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
                    assertThat(e.getMessage()).contains("localhost:" + unused).contains("Start it");
                });
    }

    @Test
    void brokenConnection_isTriedAgainWithAnIdempotencyKeyOnly() throws IOException, InterruptedException {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (ServerSocket flaky = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> breakThenAnswer(flaky, requests));
            Client unlucky = Client.http(URI.create("http://127.0.0.1:" + flaky.getLocalPort()))
                    .retries(RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(3))
                    .connect();

            assertThatThrownBy(() -> unlucky.call(echo("say"), "x", String.class))
                    .isInstanceOfSatisfying(
                            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
            assertThat(requests).hasSize(1);
            assertThat(unlucky.call(echo("say"), "x", String.class, CallOptions.idempotencyKey("k")))
                    .isEqualTo("ok");
            assertThat(requests).hasSize(3);
            server.join();
        }
    }

    /** Each signal and each cancellation counts: it would interrupt, or be the value of, one await too many. */
    @Test
    void brokenConnection_signalsAndCancellationsAreNotTriedAgain() throws IOException, InterruptedException {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (ServerSocket flaky = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> breakThenAnswer(flaky, requests));
            URI address = URI.create("http://127.0.0.1:" + flaky.getLocalPort());
            ClientInvocation unlucky = Client.http(address)
                    .admin(address)
                    .retries(RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(3))
                    .connect()
                    .invocation("inv_1");

            for (Runnable once : List.<Runnable>of(() -> unlucky.signal("go", "now"), unlucky::cancel)) {
                assertThatThrownBy(once::run)
                        .isInstanceOfSatisfying(
                                ClientException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
            }
            assertThat(requests).hasSize(2);
            unlucky.kill();
            server.join();
        }
    }

    /** Reads a request and hangs up, twice; answers the third. */
    private static void breakThenAnswer(ServerSocket listener, BlockingQueue<String> requests) {
        List<String> answers = List.of("", "", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"ok\"");
        for (String answer : answers) {
            try (Socket socket = listener.accept();
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                requests.add(new String(in.readNBytes(16), StandardCharsets.UTF_8));
                in.readNBytes(in.available());
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
