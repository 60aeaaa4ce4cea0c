package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.run.RunContext;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that fails is tried again while another one of its handler is executed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunsInPlaceTest {
    private static final RetryPolicy SOON = RetryPolicy.fixed(Duration.ofMillis(5));

    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger slowOnes = new AtomicInteger();
    private final Set<String> keys = new ConcurrentSkipListSet<>();
    private final CountDownLatch succeeded = new CountDownLatch(1);

    private String run(Reprise.Builder builder, Code<Context, String, String> code) {
        ServiceDefinition service = ServiceDefinition.service("Beside")
                .handler("run", String.class, String.class, (ctx, text) -> {
                    starts.incrementAndGet();
                    return code.run(ctx, text);
                })
                .build();
        try (Reprise reprise = builder.bind(service).start()) {
            return reprise.client().call(Target.service("Beside", "run"), "x", String.class);
        }
    }

    private String failingTwice(RunContext step) {
        keys.add(step.idempotencyKey());
        if (step.attempt() <= 2) {
            throw new IllegalStateException("failure " + step.attempt());
        }
        succeeded.countDown();
        return "tried " + step.attempt() + " times";
    }

    private String beside(Context ctx, RunOptions options) {
        RestatePromise<String> failing = ctx.runAsync(options, String.class, this::failingTwice);
        RestatePromise<String> slow = ctx.runAsync("slow", String.class, () -> {
            slowOnes.incrementAndGet();
            succeeded.await();
            return ", slow";
        });
        return RestatePromise.all(failing, slow).map(String::concat).await();
    }

    private void requireInPlace(Reprise.Builder builder, RunOptions options) {
        assertThat(run(builder, (ctx, text) -> beside(ctx, options))).isEqualTo("tried 3 times, slow");
        assertThat(starts).hasValue(1);
        assertThat(slowOnes).hasValue(1);
        assertThat(keys).hasSize(1);
    }

    @Test
    void run_withAPolicy_isTriedInPlace() {
        requireInPlace(Reprise.embedded(), RunOptions.named("failing").withRetryPolicy(SOON));
    }

    @Test
    void run_withoutAPolicy_isTriedInPlace() {
        requireInPlace(Reprise.embedded(), RunOptions.named("failing"));
    }

    @Test
    void handler_thatIsAskedToSuspend_triesInPlaceWhileAnotherIsExecuted() {
        EngineConfig hasty =
                EngineConfig.builder().inactivityTimeout(Duration.ZERO).build();
        RunOptions options = RunOptions.named("failing").withRetryPolicy(SOON);
        assertThat(run(Reprise.embedded().config(hasty), (ctx, text) -> beside(ctx, options)))
                .isEqualTo("tried 3 times, slow");
        assertThat(slowOnes).hasValue(1);
    }

    @Test
    void timer_thatFiresWhileARunWaits_wakesTheHandler() {
        RunOptions late = RunOptions.named("late").withRetryPolicy(RetryPolicy.fixed(Duration.ofDays(1)));
        assertThat(run(Reprise.embedded(), (ctx, text) -> {
                    RestatePromise<?> failing = ctx.runAsync(late, () -> {
                        throw new IllegalStateException("no");
                    });
                    return RestatePromise.race(
                                    failing.map(nothing -> "run"),
                                    ctx.timer(Duration.ofMillis(50)).map(nothing -> "timer"))
                            .cancelLosers()
                            .await();
                }))
                .isEqualTo("timer");
        assertThat(starts).hasValue(1);
    }

    @Test
    void inactivity_whileARunWaits_givesTheAttemptBackAndGoesOnAfterTheRestOfItsDelay() {
        EngineConfig hasty =
                EngineConfig.builder().inactivityTimeout(Duration.ofMillis(50)).build();
        RunOptions options = RunOptions.named("failing").withRetryPolicy(RetryPolicy.fixed(Duration.ofMillis(300)));
        assertThat(run(Reprise.embedded().config(hasty), (ctx, text) -> {
                    RestatePromise<String> failing = ctx.runAsync(options, String.class, this::failingTwice);
                    RestatePromise.all(List.of(failing, ctx.timer(Duration.ofSeconds(1))))
                            .await();
                    return failing.await();
                }))
                .isEqualTo("tried 3 times");
        assertThat(starts.get()).isGreaterThan(1);
        assertThat(keys).hasSize(1);
    }
}
