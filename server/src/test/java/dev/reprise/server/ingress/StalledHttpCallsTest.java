package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.Stall;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.query.QueryHandler;
import dev.reprise.server.query.execution.QueryLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever waits over HTTP for an invocation that does not get on is told, given the address of the admin API. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StalledHttpCallsTest {
    private static final Target PAUSING = Target.service("Broken", "pausing");
    private static final Target FAILING = Target.service("Broken", "failing");

    private final Map<String, Stall> told = new ConcurrentHashMap<>();
    private final CountDownLatch allTold = new CountDownLatch(3);
    private final Reprise reprise = Reprise.embedded()
            .bind(ServiceDefinition.service("Broken")
                    .handler("pausing", String.class, String.class, (_, why) -> {
                        throw new PauseException(why);
                    })
                    .handler("failing", String.class, String.class, (_, why) -> {
                        throw new RetryableException(why, Duration.ofHours(1));
                    })
                    .build())
            .start();
    private final QueryHandler queries =
            new QueryHandler(reprise.engine(), QueryLimits.DEFAULT, InstantSource.system());
    private IngressServer ingress;
    private HttpServer admin;

    @BeforeEach
    void start() throws IOException {
        ingress = IngressServer.start(reprise.engine(), 0, 1_000);
        admin = HttpServer.start("queries", new Address("127.0.0.1", 0), queries, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        ingress.close();
        admin.close();
        queries.close();
        reprise.close();
    }

    @Test
    void calls_thatWaitInVain_areToldAndFailWhenTheInvocationIsKnown() throws InterruptedException {
        Client client = Client.http(URI.create("http://127.0.0.1:" + ingress.port()))
                .admin(URI.create("http://127.0.0.1:" + admin.port()))
                .stalls(StallPolicy.WAIT.failingWhenPaused().withListener(stall -> {
                    if (told.put(stall.target() + stall.call().substring(0, 10), stall) == null) {
                        allTold.countDown();
                    }
                }))
                .connect();
        Serde<String> text = SerdeFactory.json().create(String.class);
        CompletableFuture<String> plain = client.callAsync(PAUSING, text, "it's stuck", text, CallOptions.NONE);
        CompletableFuture<String> failing = client.callAsync(FAILING, text, "no luck", text, CallOptions.NONE);
        String id = client.send(PAUSING, "sent").id();

        assertThatThrownBy(() -> client.invocation(id).attach(String.class))
                .isInstanceOfSatisfying(ClientException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.STALLED);
                    assertThat(e.invocationId()).contains(id);
                })
                .hasMessageContaining("is paused");
        allTold.await();
        assertThat(plain).isNotDone();
        assertThat(failing).isNotDone();
        assertThat(told.values())
                .anySatisfy(stall -> {
                    assertThat(stall.state()).isEqualTo(Stall.State.BACKING_OFF);
                    assertThat(stall.lastFailure()).contains("no luck");
                    assertThat(stall.nextTry()).isNotNull();
                    assertThat(stall.failures()).isEqualTo(1);
                })
                .anySatisfy(stall -> assertThat(stall.call()).contains("the call of Broken/pausing, or another"));
        assertThatThrownBy(() -> client.call(PAUSING, "keyed", String.class, CallOptions.idempotencyKey("a")))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALLED));
    }
}
