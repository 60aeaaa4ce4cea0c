package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run with so many attempts is executed so often, whatever else happens in its handler. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunAttemptsTest {
    /** What a handler of the test does. */
    private interface Program {
        void run(Context ctx) throws Exception;
    }

    private static final int TIMERS = 40;
    private static final Duration DELAY = Duration.ofMillis(30);
    private static final RetryPolicy ENGINE =
            new RetryPolicy(Duration.ofMillis(5), 1, Duration.ofMillis(5), 0, RetryPolicyOnMaxAttempts.PAUSE);

    private final Map<String, AtomicInteger> executions = new ConcurrentSkipListMap<>();
    private final AtomicInteger attempts = new AtomicInteger();

    private Map<String, Integer> executionsOf(Program program) {
        ServiceDefinition service = ServiceDefinition.service("Tries")
                .handler("run", String.class, String.class, (ctx, text) -> {
                    attempts.incrementAndGet();
                    program.run(ctx);
                    return text;
                })
                .build();
        try (Reprise reprise = Reprise.embedded()
                .config(EngineConfig.builder().retryPolicy(ENGINE).build())
                .bind(service)
                .start()) {
            reprise.client().call(Target.service("Tries", "run"), "x", String.class);
        }
        Map<String, Integer> counts = new ConcurrentSkipListMap<>();
        executions.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    private int execution(String name) {
        return executions.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    }

    private RestatePromise<?> failing(Context ctx, String name, int maxAttempts) {
        RunOptions options = RunOptions.named(name)
                .withRetryPolicy(dev.reprise.sdk.RetryPolicy.fixed(DELAY).withMaxAttempts(maxAttempts));
        return ctx.runAsync(options, () -> {
            throw new IllegalStateException("failure " + execution(name) + " of " + name);
        });
    }

    /** Fails so often, and has no limit. */
    private RestatePromise<?> failingAtFirst(Context ctx, String name, int failures) {
        return ctx.runAsync(RunOptions.named(name), () -> {
            if (execution(name) <= failures) {
                throw new IllegalStateException(name + " fails at first");
            }
        });
    }

    private static void awaitGivenUp(RestatePromise<?> run) {
        try {
            run.await();
            throw new AssertionError("a run that always fails has succeeded");
        } catch (TerminalException givenUp) {
            assertThat(givenUp).hasMessageContaining("failure");
        }
    }

    @Test
    void run_alone_isExecutedAsOftenAsItHasAttempts() {
        assertThat(executionsOf(ctx -> awaitGivenUp(failing(ctx, "only", 3)))).isEqualTo(Map.of("only", 3));
    }

    @Test
    void run_besideTimersThatFire_isExecutedAsOftenAsItHasAttempts() {
        assertThat(executionsOf(ctx -> {
                    RestatePromise<?> run = failing(ctx, "run", 3);
                    List<RestatePromise<?>> timers = new ArrayList<>();
                    for (int i = 1; i <= TIMERS; i++) {
                        timers.add(ctx.timer("timer", Duration.ofMillis(10L * i)));
                    }
                    awaitGivenUp(run);
                    RestatePromise.all(timers).await();
                }))
                .isEqualTo(Map.of("run", 3));
    }

    @Test
    void runs_oneAfterAnother_eachHasItsOwnAttempts() {
        assertThat(executionsOf(ctx -> {
                    awaitGivenUp(failing(ctx, "first", 3));
                    awaitGivenUp(failing(ctx, "second", 4));
                }))
                .isEqualTo(Map.of("first", 3, "second", 4));
    }

    @Test
    void runs_atOnce_eachHasItsOwnAttempts() {
        assertThat(executionsOf(ctx -> {
                    RestatePromise<?> two = failing(ctx, "two", 2);
                    RestatePromise<?> five = failing(ctx, "five", 5);
                    RestatePromise<?> endless = failingAtFirst(ctx, "endless", 7);
                    awaitGivenUp(five);
                    awaitGivenUp(two);
                    endless.await();
                }))
                .isEqualTo(Map.of("two", 2, "five", 5, "endless", 8));
    }

    @Test
    void run_thatBeginsLater_doesNotResetTheOther() {
        assertThat(executionsOf(ctx -> {
                    RestatePromise<?> early = failing(ctx, "early", 4);
                    ctx.sleep(Duration.ofMillis(50));
                    RestatePromise<?> late = failing(ctx, "late", 3);
                    awaitGivenUp(late);
                    awaitGivenUp(early);
                }))
                .isEqualTo(Map.of("early", 4, "late", 3));
    }

    @Test
    void run_afterAndAmidFailuresOfItsHandler_isExecutedAsOftenAsItHasAttempts() {
        assertThat(executionsOf(ctx -> {
                    int attempt = attempts.get();
                    if (attempt <= 4 || (attempt >= 6 && attempt <= 9)) {
                        throw new IllegalStateException("the handler itself fails in attempt " + attempt);
                    }
                    awaitGivenUp(failing(ctx, "run", 3));
                }))
                .isEqualTo(Map.of("run", 3));
    }

    @Test
    void run_afterAnotherThatFailedOften_isExecutedAsOftenAsItHasAttempts() {
        assertThat(executionsOf(ctx -> {
                    failingAtFirst(ctx, "endless", 5).await();
                    awaitGivenUp(failing(ctx, "run", 3));
                }))
                .isEqualTo(Map.of("endless", 6, "run", 3));
    }
}
