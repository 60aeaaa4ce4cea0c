package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine with real threads, whose wall clock somebody sets: delays and timeouts go on, times of that clock come. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClockJumpTest {
    /** The system's clocks, the wall clock ahead of its time or behind. */
    private static final class SetClock implements TimeSource {
        private final AtomicLong aheadMillis = new AtomicLong();

        void set(Duration ahead) {
            aheadMillis.set(ahead.toMillis());
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(TimeSource.system().millis() + aheadMillis.get());
        }

        @Override
        public long millis() {
            return instant().toEpochMilli();
        }

        @Override
        public long steadyMillis() {
            return TimeSource.system().steadyMillis();
        }
    }

    private static final Duration LONG = Duration.ofHours(3);

    private final SetClock clock = new SetClock();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Reprise reprise = Reprise.embedded()
            .clock(clock)
            .config(EngineConfig.builder().partitions(1).build())
            .bind(ServiceDefinition.service("Clocks")
                    .handler("unstable", String.class, String.class, this::unstable)
                    .handler("slow", String.class, String.class, this::slow)
                    .handler("sleeps", String.class, String.class, ClockJumpTest::sleeps)
                    .handler("limited", String.class, String.class, this::limited)
                    .build())
            .start();

    @AfterEach
    void close() {
        reprise.close();
    }

    private String unstable(Context ctx, String text) {
        if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
        }
        return text;
    }

    private String slow(Context ctx, String text) throws InterruptedException {
        attempts.incrementAndGet();
        began.countDown();
        released.await();
        return text;
    }

    private static String sleeps(Context ctx, String text) {
        ctx.sleep(LONG);
        return text;
    }

    /** Fails twice, and is to be given up after an hour. */
    private String limited(Context ctx, String text) {
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(20)).withMaxDuration(Duration.ofHours(1));
        return ctx.run(RunOptions.named("limited").withRetryPolicy(policy), String.class, () -> {
            int attempt = attempts.incrementAndGet();
            clock.set(LONG.multipliedBy(attempt));
            if (attempt <= 2) {
                throw new IllegalStateException("not yet");
            }
            return text;
        });
    }

    private InvocationId send(String handler) {
        return InvocationId.parse(reprise.client()
                .send(Target.service("Clocks", handler), handler)
                .id());
    }

    private String answer(InvocationId id) {
        return reprise.client().invocation(id.toString()).attach(String.class);
    }

    @Test
    void retry_clockIsSetBack_comesAfterItsDelay() {
        InvocationId id = send("unstable");
        AttemptView waiting = awaitFailure(id);
        clock.set(LONG.negated());

        long shown = reprise.engine().views().attempts().stream()
                .mapToLong(AttemptView::nextRetryMillis)
                .max()
                .orElse(0);
        assertThat(answer(id)).isEqualTo("unstable");
        assertThat(shown)
                .as("people see the time of the next attempt by the clock they have")
                .isLessThan(waiting.nextRetryMillis());
    }

    private AttemptView awaitFailure(InvocationId id) {
        while (true) {
            for (AttemptView attempt : reprise.engine().views().attempts()) {
                if (attempt.invocationId().equals(id) && attempt.nextRetryMillis() > 0) {
                    return attempt;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void attempt_clockIsSetForward_isNotCut_andSleepsEnd() throws InterruptedException {
        InvocationId slow = send("slow");
        InvocationId sleeping = send("sleeps");
        began.await();
        awaitSleep(sleeping);
        clock.set(LONG.multipliedBy(2));

        assertThat(answer(sleeping)).isEqualTo("sleeps");
        released.countDown();
        assertThat(answer(slow)).isEqualTo("slow");
        assertThat(attempts).hasValue(1);
    }

    private void awaitSleep(InvocationId id) {
        while (reprise.engine().journal(id).join().size() < 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void run_clockIsSetForward_itsTimeIsNotUsedUp() {
        assertThat(answer(send("limited"))).isEqualTo("limited");
        assertThat(attempts).hasValue(3);
    }
}
