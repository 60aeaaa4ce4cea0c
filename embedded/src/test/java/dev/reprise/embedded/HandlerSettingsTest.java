package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler says of itself is honoured, beside another that says nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerSettingsTest {
    private static final String SERVICE = "Settings";
    private static final Duration SOON = Duration.ofMillis(20);
    private static final StateKey<String> NAME = StateKey.of("name", String.class);

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    private String fails(Context ctx, String text) {
        throw new IllegalStateException(text + " " + attempts.incrementAndGet());
    }

    /** The first attempt is deaf and silent. */
    private String stuck(Context ctx, String text) throws InterruptedException {
        if (attempts.incrementAndGet() == 1) {
            released.await();
        }
        return text;
    }

    private String counts(Context ctx, String text) {
        return text + attempts.incrementAndGet();
    }

    private static String waits(Context ctx, String text) {
        return ctx.awakeable(String.class).promise().await();
    }

    private static Reprise start(ServiceDefinition service) {
        return Reprise.embedded().bind(service).start();
    }

    private ServiceDefinition service(String handler, HandlerOptions options) {
        return ServiceDefinition.service(SERVICE)
                .handler("fails", String.class, String.class, this::fails)
                .handler("stuck", String.class, String.class, this::stuck)
                .handler("counts", String.class, String.class, this::counts)
                .handler("waits", String.class, String.class, HandlerSettingsTest::waits)
                .options(handler, options)
                .build();
    }

    private static String send(Reprise reprise, String handler) {
        return reprise.client().send(Target.service(SERVICE, handler), "x").id();
    }

    private static String call(Reprise reprise, String handler, CallOptions options) {
        return reprise.client().call(Target.service(SERVICE, handler), "x", String.class, options);
    }

    private static Invocation await(Reprise reprise, String id, Predicate<InvocationStatus> status) {
        InvocationId invocation = InvocationId.parse(id);
        Optional<Invocation> found = Optional.empty();
        while (found.filter(known -> status.test(known.status())).isEmpty()) {
            Thread.onSpinWait();
            found = reprise.engine().views().invocation(invocation).join();
        }
        return found.orElseThrow();
    }

    private static HandlerOptions retries(int maxAttempts, OnMaxAttempts then) {
        return HandlerOptions.builder()
                .retryPolicy(
                        InvocationRetryPolicy.maxAttempts(maxAttempts, then).withInitialInterval(SOON))
                .build();
    }

    @Test
    void retryPolicy_attemptsUsedUp_pausesAndSaysWhy() {
        try (Reprise reprise = start(service("fails", retries(2, OnMaxAttempts.PAUSE)))) {
            String id = send(reprise, "fails");

            Invocation paused = await(reprise, id, status -> status instanceof InvocationStatus.Paused);

            assertThat(attempts).hasValue(2);
            assertThat(((InvocationStatus.Paused) paused.status()).lastFailure())
                    .satisfies(failure -> assertThat(failure.message()).contains("x 2"));
            assertThat(events(reprise, id))
                    .hasExactlyElementsOfTypes(JournalEvent.TransientError.class, JournalEvent.Paused.class);
            assertThat(reprise.engine().views().attempt(InvocationId.parse(id))).isEmpty();
        }
    }

    private static List<JournalEvent> events(Reprise reprise, String id) {
        InvocationId invocation = InvocationId.parse(id);
        List<JournalEvent> events = new ArrayList<>();
        reprise.engine().commit();
        reprise.engine().views().reads(invocation).forEachEvent(invocation, event -> events.add(event.event()));
        return events;
    }

    @Test
    void retryPolicy_attemptsUsedUp_kills() {
        try (Reprise reprise = start(service("fails", retries(3, OnMaxAttempts.KILL)))) {
            assertThatThrownBy(() -> reprise.client().call(Target.service(SERVICE, "fails"), "x", String.class))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("x 3");
            assertThat(attempts).hasValue(3);
        }
    }

    @Test
    void inactivityTimeout_ofAHandler_suspendsThatHandlerOnly() {
        HandlerOptions options =
                HandlerOptions.builder().inactivityTimeout(SOON).build();
        try (Reprise reprise = start(service("waits", options))) {
            String id = send(reprise, "waits");
            await(reprise, id, status -> status instanceof InvocationStatus.Suspended);
            assertThat(reprise.engine().views().attempts()).isEmpty();
        }
    }

    @Test
    void abortTimeout_ofAHandler_cutsASilentAttempt() {
        HandlerOptions options = HandlerOptions.builder()
                .inactivityTimeout(SOON)
                .abortTimeout(SOON)
                .retryPolicy(InvocationRetryPolicy.NONE.withInitialInterval(SOON))
                .build();
        try (Reprise reprise = start(service("stuck", options))) {
            String id = send(reprise, "stuck");
            assertThat(reprise.client().invocation(id).attach(String.class)).isEqualTo("x");
            assertThat(attempts).hasValue(2);
        } finally {
            released.countDown();
        }
    }

    @Test
    void retention_ofAHandler_isItsOwn() {
        HandlerOptions options = HandlerOptions.builder()
                .idempotencyRetention(Duration.ofHours(3))
                .journalRetention(Duration.ZERO)
                .build();
        CallOptions once = CallOptions.idempotencyKey("once");
        try (Reprise reprise = start(service("counts", options))) {
            assertThat(call(reprise, "counts", once)).isEqualTo("x1");
            assertThat(call(reprise, "counts", once)).isEqualTo("x1");

            InvocationId id = InvocationId.deterministic(SERVICE, null, "counts", "once");
            Invocation completed =
                    reprise.engine().views().invocation(id).join().orElseThrow();
            assertThat(completed.request().completionRetentionMillis())
                    .isEqualTo(Duration.ofHours(3).toMillis());
            assertThat(reprise.engine().journal(id).join()).isEmpty();
        }
    }

    @Test
    void retention_ofNone_keepsNoResult() {
        HandlerOptions options = HandlerOptions.builder()
                .idempotencyRetention(Duration.ZERO)
                .journalRetention(Duration.ZERO)
                .build();
        CallOptions once = CallOptions.idempotencyKey("once");
        try (Reprise reprise = start(service("counts", options))) {
            assertThat(call(reprise, "counts", once)).isEqualTo("x1");
            assertThat(call(reprise, "counts", once)).isEqualTo("x2");
        }
    }

    @Test
    void retention_ofTheResult_isNotStretchedByTheJournals() {
        HandlerOptions options = HandlerOptions.builder()
                .idempotencyRetention(Duration.ZERO)
                .journalRetention(Duration.ofHours(1))
                .build();
        CallOptions once = CallOptions.idempotencyKey("once");
        try (Reprise reprise = start(service("counts", options))) {
            assertThat(call(reprise, "counts", once)).isEqualTo("x1");
            assertThat(call(reprise, "counts", once)).isEqualTo("x2");
        }
    }

    @Test
    void lazyState_ofAHandler_isReadKeyByKey() {
        ServiceDefinition object = ServiceDefinition.object("Names")
                .handler("set", String.class, String.class, (ctx, name) -> {
                    ctx.set(NAME, name);
                    return name;
                })
                .handler(
                        "eager",
                        String.class,
                        String.class,
                        (ctx, _) -> ctx.get(NAME).orElse("none"))
                .handler(
                        "lazy",
                        String.class,
                        String.class,
                        (ctx, _) -> ctx.get(NAME).orElse("none"))
                .options("lazy", HandlerOptions.builder().lazyState(true).build())
                .build();
        try (Reprise reprise = start(object)) {
            Client client = reprise.client();
            client.call(Target.object("Names", "n", "set"), "Ada", String.class);

            assertThat(readsOf(reprise, "eager")).containsExactly(MessageType.GET_EAGER_STATE.code());
            assertThat(readsOf(reprise, "lazy")).containsExactly(MessageType.GET_LAZY_STATE.code());
        }
    }

    private static List<Integer> readsOf(Reprise reprise, String handler) {
        String id =
                reprise.client().send(Target.object("Names", "n", handler), "x").id();
        assertThat(reprise.client().invocation(id).attach(String.class)).isEqualTo("Ada");
        return reprise.engine().journal(InvocationId.parse(id)).join().stream()
                .map(entry -> entry.type())
                .filter(type -> type == MessageType.GET_EAGER_STATE.code() || type == MessageType.GET_LAZY_STATE.code())
                .toList();
    }

    @Test
    void attempt_inFlight_isSeen() {
        try (Reprise reprise = start(service("stuck", HandlerOptions.NONE))) {
            InvocationId id = InvocationId.parse(send(reprise, "stuck"));
            Optional<AttemptView> view = Optional.empty();
            while (view.filter(AttemptView::inFlight).isEmpty()) {
                Thread.onSpinWait();
                view = reprise.engine().views().attempt(id);
            }
            assertThat(view.orElseThrow().retryCount()).isEqualTo(1);
            assertThat(reprise.engine().views().attempts())
                    .extracting(AttemptView::invocationId)
                    .containsExactly(id);
        } finally {
            released.countDown();
        }
    }
}
