package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.Stall;
import dev.reprise.sdk.client.StallPolicy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever waits for an invocation that does not get on is told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StalledCallsTest {
    private final BlockingQueue<Stall> told = new LinkedBlockingQueue<>();
    private final Broken broken = new Broken();
    private final Reprise reprise = Reprise.embedded()
            .config(EngineConfig.builder()
                    .retryPolicy(RetryPolicy.DEFAULT
                            .withIntervals(Duration.ofMillis(1), Duration.ofMillis(1))
                            .withMaxAttempts(3, RetryPolicyOnMaxAttempts.PAUSE))
                    .build())
            .bind(broken)
            .bind(new Caller())
            .stalls(StallPolicy.WAIT.withListener(told::add))
            .start();

    /** Throws. */
    @Service
    static final class Broken {
        private volatile boolean mended;

        @Handler
        String fail(Context ctx) {
            if (mended) {
                return "mended";
            }
            throw new IllegalStateException("out of order");
        }

        @Handler
        String slowly(Context ctx) {
            return ctx.run(
                    RunOptions.NONE.withRetryPolicy(dev.reprise.sdk.RetryPolicy.exponential(Duration.ofHours(1))),
                    String.class,
                    () -> fail(ctx));
        }
    }

    /** Waits for the other. */
    @Service
    static final class Caller {
        @Handler
        String call(Context ctx) {
            return ctx.service(Broken.class).call(Broken::fail).await();
        }
    }

    @AfterEach
    void close() {
        reprise.close();
    }

    @Test
    void call_ofWhatIsPaused_isToldAndWaitsUntilItIsResumed() throws InterruptedException {
        CompletableFuture<String> answer =
                reprise.client().service(Broken.class).callAsync(Broken::fail);
        Stall stall = told.take();
        assertThat(stall.state()).isEqualTo(Stall.State.PAUSED);
        assertThat(stall.target()).isEqualTo("Broken/fail");
        assertThat(stall.failures()).isEqualTo(3);
        assertThat(stall.cause()).hasMessage("out of order").isInstanceOf(IllegalStateException.class);
        assertThat(stall.message())
                .contains(
                        "the call of Broken/fail",
                        stall.invocationId(),
                        "3 attempts in a row",
                        "out of order",
                        "resume");
        broken.mended = true;
        reprise.client().invocation(stall.invocationId()).resume();
        assertThat(answer.join()).isEqualTo("mended");
        assertThat(reprise.waitingCalls()).isEmpty();
    }

    @Test
    void attach_toWhatIsPausedAlready_isTold() throws InterruptedException {
        SentInvocation<String> sent = reprise.client().service(Broken.class).send(Broken::fail);
        CompletableFuture<String> first = sent.attachAsync();
        assertThat(told.take().state()).isEqualTo(Stall.State.PAUSED);
        CompletableFuture<String> second = sent.attachAsync();
        assertThat(told.take().invocationId()).isEqualTo(sent.id());
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void call_ofACallerOfWhatIsPaused_isToldOfThePausedOne() throws InterruptedException {
        CompletableFuture<String> answer =
                reprise.client().service(Caller.class).callAsync(Caller::call);
        assertThat(told.take().target()).isEqualTo("Broken/fail");
        assertThat(answer).isNotDone();
    }

    @Test
    void call_ofWhatBacksOff_isToldWhenItIsTriedAgain() throws InterruptedException {
        CompletableFuture<String> answer =
                reprise.client().service(Broken.class).callAsync(Broken::slowly);
        Stall stall = told.take();
        assertThat(stall.state()).isEqualTo(Stall.State.BACKING_OFF);
        assertThat(stall.nextTry()).isNotNull();
        assertThat(stall.message()).contains("next try at", "out of order");
        assertThat(answer).isNotDone();
    }

    @Test
    void call_ofAClientThatDoesNotWait_fails() {
        Client impatient = reprise.client().with(StallPolicy.WAIT.failingWhenPaused());
        assertThatThrownBy(() -> impatient.service(Broken.class).call(Broken::fail))
                .isInstanceOfSatisfying(ClientException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.STALLED);
                    assertThat(e.invocationId()).isPresent();
                })
                .hasMessageContaining("out of order")
                .hasCauseInstanceOf(IllegalStateException.class);
        while (reprise.engine().progress().waitingRequests() > 0) { // let go right after the caller has its answer
            Thread.onSpinWait();
        }
    }

    @Test
    void call_ofAClientThatAllowsOneFailure_fails() {
        Client impatient = reprise.client().with(StallPolicy.WAIT.failingAfter(1));
        assertThatThrownBy(() -> impatient.service(Broken.class).call(Broken::slowly))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALLED));
    }
}
