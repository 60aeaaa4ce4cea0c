package dev.reprise.testkit;

import static dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts.KILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.Engine.Progress;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.JournalMismatchException;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test that waits for an invocation which never gets on is told so. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingInvocationsTest {
    private final Broken broken = new Broken();

    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(broken, new Caller(), new Counter(broken));

    /** Throws. */
    @Service
    static final class Broken {
        final AtomicInteger attempts = new AtomicInteger();
        final AtomicReference<RuntimeException> thrown = new AtomicReference<>();
        volatile boolean mended;
        volatile String awakeable = "";

        String fail() {
            attempts.incrementAndGet();
            if (mended) {
                return "mended";
            }
            RuntimeException failure = new IllegalStateException("the disk is on fire");
            thrown.set(failure);
            throw failure;
        }

        @Handler
        String handler(Context ctx) {
            return fail();
        }

        @Handler
        String step(Context ctx) {
            return ctx.run("step", String.class, this::fail);
        }

        @Handler
        String pausing(Context ctx) {
            if (!mended) {
                throw new PauseException("somebody must look");
            }
            return "mended";
        }

        @Handler
        String changing(Context ctx) {
            String name = "start " + attempts.incrementAndGet();
            ctx.run(name, String.class, () -> name);
            ctx.sleep(Duration.ofDays(1));
            return name;
        }

        @Handler
        String awaiting(Context ctx) {
            var awaited = ctx.awakeable(String.class);
            awakeable = awaited.id();
            return awaited.await();
        }
    }

    /** Waits for others. */
    @Service
    static final class Caller {
        @Handler
        String call(Context ctx, String handler) {
            return ctx.call(Target.service("Broken", handler), "", String.class).await();
        }

        @Handler
        String patient(Context ctx) {
            return ctx.service(Broken.class)
                    .call(Broken::handler)
                    .orTimeout(Duration.ofDays(30))
                    .recover(_ -> "gave up")
                    .await();
        }
    }

    /** One at a time. */
    @VirtualObject
    static final class Counter {
        private final Broken broken;

        Counter(Broken broken) {
            this.broken = broken;
        }

        @Handler
        String fail(ObjectContext ctx) {
            return broken.fail();
        }

        @Handler
        String fine(ObjectContext ctx) {
            return "fine";
        }
    }

    private ClientException stalled(ThrowingCallable call) {
        ClientException failure = catchThrowableOfType(ClientException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(Reason.STALLED);
        assertThat(failure).hasCause(broken.thrown.get());
        assertThat(failure.getCause()).isSameAs(broken.thrown.get());
        assertThat(failure).hasMessageContaining("the disk is on fire");
        return failure;
    }

    @Test
    void call_ofAHandlerThatAlwaysThrows_failsWithWhatItThrew(Client client) {
        ClientException failure = stalled(() -> client.service(Broken.class).call(Broken::handler));

        assertThat(broken.attempts).hasValue(5);
        assertThat(failure)
                .hasMessageContaining("inv_")
                .hasMessageContaining("Broken/handler")
                .hasMessageContaining("is paused after 5 attempts in a row");
        assertThat(failure.invocationId()).isPresent();
    }

    @Test
    void call_ofAStepThatAlwaysThrows_failsWithWhatItThrew(Client client) {
        stalled(() -> client.service(Broken.class).call(Broken::step));
        assertThat(broken.attempts).hasValue(5);
    }

    @Test
    void call_ofAHandlerThatAsksForAPause_fails(Client client) {
        assertThatThrownBy(() -> client.service(Broken.class).call(Broken::pausing))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("somebody must look")
                .hasCauseInstanceOf(PauseException.class);
    }

    @Test
    void callAsync_fails() {
        CompletableFuture<String> future =
                reprise.client().service(Broken.class).callAsync(Broken::handler);
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ClientException.class)
                .cause()
                .isSameAs(broken.thrown.get());
    }

    @Test
    void attach_fails(Client client) {
        SentInvocation<String> sent = client.service(Broken.class).send(Broken::handler);
        stalled(sent::attach);
        stalled(sent::attach);
    }

    @Test
    void call_ofACallerOfThePausedOne_namesThePausedOne(Client client) {
        ClientException failure = stalled(() -> client.service(Caller.class).call(Caller::call, "handler"));
        assertThat(failure).hasMessageContaining("of Broken/handler is paused");
    }

    @Test
    void call_behindThePausedOneOfItsKey_namesThePausedOne(Client client) {
        client.object(Counter.class, "a").send(Counter::fail);
        ClientException failure =
                stalled(() -> client.object(Counter.class, "a").call(Counter::fine));
        assertThat(failure).hasMessageContaining("Counter/a/fail is paused");
        assertThat(client.object(Counter.class, "b").call(Counter::fine)).isEqualTo("fine");
    }

    @Test
    void caller_thatGivesUpLater_isWaitedFor(Client client) {
        assertThat(client.service(Caller.class).call(Caller::patient)).isEqualTo("gave up");
    }

    @Test
    void retriesWithoutEnd_failAfterAHundred() {
        RepriseExtension other = RepriseExtension.of(ServiceDefinition.service("Stubborn")
                .handler("fail", String.class, String.class, (_, _) -> broken.fail())
                .options(HandlerOptions.builder()
                        .retryPolicy(InvocationRetryPolicy.maxAttempts(Integer.MAX_VALUE, OnMaxAttempts.PAUSE))
                        .build())
                .build());
        other.start();
        ClientException failure = stalled(
                () -> other.client().call(Target.service("Stubborn", "fail"), "", String.class, CallOptions.NONE));
        assertThat(failure).hasMessageContaining("Stubborn/fail failed in 10");
        assertThat(broken.attempts.get()).isBetween(100, 105);
        other.stop();
    }

    @Test
    void replayThatDiffers_failsTheCallWithBothCommands() {
        RepriseExtension other = RepriseExtension.of(broken, new Caller());
        other.start();
        for (int i = 0; i < 2; i++) {
            Client client = other.client();
            assertThatThrownBy(
                            i == 0
                                    ? () -> client.service(Broken.class).call(Broken::changing)
                                    : () -> client.service(Caller.class).call(Caller::call, "changing"))
                    .isInstanceOfSatisfying(
                            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALLED))
                    .hasMessageContaining("start " + (2 * i + 1))
                    .hasMessageContaining("start " + (2 * i + 2))
                    .hasCauseInstanceOf(JournalMismatchException.class);
        }
        assertThatThrownBy(other::stop).isInstanceOf(AssertionError.class).hasMessageContaining("start 2");
    }

    // -- no false alarms

    @Test
    void send_ofWhatIsPaused_failsNothing(Client client, Reprise engine) {
        SentInvocation<String> sent = client.service(Broken.class).send(Broken::handler);
        awaitPaused(engine, sent.id());
        assertThat(client.object(Counter.class, "a").call(Counter::fine)).isEqualTo("fine");
    }

    @Test
    void sent_pausedMendedAndResumed_isAnswered(Client client, Reprise engine) {
        SentInvocation<String> sent = client.service(Broken.class).send(Broken::handler);
        awaitPaused(engine, sent.id());
        broken.mended = true;
        sent.invocation().resume();
        assertThat(sent.attach()).isEqualTo("mended");
    }

    @Test
    void sent_pausedAndKilled_isAnswered(Client client, Reprise engine) {
        SentInvocation<String> sent = client.service(Broken.class).send(Broken::handler);
        awaitPaused(engine, sent.id());
        sent.invocation().kill();
        assertThatThrownBy(sent::attach)
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVOCATION_FAILED));
    }

    @Test
    void awakeable_completedByAnotherThread_isAnswered(Client client, Reprise engine) {
        SentInvocation<String> paused = client.service(Broken.class).send(Broken::handler);
        awaitPaused(engine, paused.id());
        CompletableFuture<String> answer = client.service(Broken.class).callAsync(Broken::awaiting);
        CompletableFuture.runAsync(() -> {
                    awaitSuspended(engine);
                    client.resolveAwakeable(broken.awakeable, "from outside");
                })
                .join();
        assertThat(answer.join()).isEqualTo("from outside");
    }

    @Test
    void attach_toWhatTheTestPausedItself_waitsUntilItIsResumed(Client client) {
        SentInvocation<String> sent = client.service(Caller.class).send(Caller::call, "awaiting");
        CompletableFuture<String> answer = sent.attachAsync();
        await(() -> !broken.awakeable.isEmpty());
        sent.invocation().pause();
        client.resolveAwakeable(broken.awakeable, "resumed");
        sent.invocation().resume();
        assertThat(answer.join()).isEqualTo("resumed");
    }

    @Test
    void futureOfWhatIsMendedAndResumed_withEndlessWaits_isAnswered() {
        RepriseExtension other = RepriseExtension.of(broken).withEndlessWaits();
        other.start();
        SentInvocation<String> sent = other.client().service(Broken.class).send(Broken::handler);
        CompletableFuture<String> answer = sent.attachAsync();
        await(() -> broken.attempts.get() == 5 && isPaused(other.engine(), sent.id()));
        broken.mended = true;
        sent.invocation().resume();
        assertThat(answer.join()).isEqualTo("mended");
        other.stop();
    }

    @Test
    void retryPolicy_isTheTests() {
        RepriseExtension other =
                RepriseExtension.of(broken).withRetryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(2, KILL));
        other.start();
        assertThatThrownBy(() -> other.client().service(Broken.class).call(Broken::handler))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVOCATION_FAILED));
        assertThat(broken.attempts).hasValue(2);
        other.stop();
    }

    @Test
    void waitThatNothingEnds_isToldOnce(Client client, Reprise engine) {
        List<String> lines = new ArrayList<>();
        SilentWait silence = new SilentWait(engine, lines::add);
        CompletableFuture<String> answer = client.service(Broken.class).callAsync(Broken::awaiting);
        awaitSuspended(engine);
        Progress still = engine.engine().progress();
        await(() -> {
            silence.at(still);
            return !lines.isEmpty();
        });
        silence.at(still);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("the call of Broken/awaiting", "waits for awakeable " + broken.awakeable);
        client.resolveAwakeable(broken.awakeable, "at last");
        assertThat(answer.join()).isEqualTo("at last");
    }

    private void awaitSuspended(Reprise engine) {
        await(() -> !broken.awakeable.isEmpty()
                && engine.engine().views().attempts().isEmpty());
    }

    /** Time stands still meanwhile, so the test makes it pass. */
    private void awaitPaused(Reprise engine, String id) {
        await(() -> {
            reprise.clock().advance(Duration.ofMinutes(5));
            return isPaused(engine, id);
        });
    }

    private static boolean isPaused(Reprise engine, String id) {
        return engine.engine()
                .views()
                .invocation(InvocationId.parse(id))
                .join()
                .filter(found -> found.status() instanceof InvocationStatus.Paused)
                .isPresent();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
