package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that are tried again after long delays take no time in a test, whatever else their handler waits for. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RetriedRunsTest {
    private static final RunOptions PATIENT =
            RunOptions.named("patient").withRetryPolicy(RetryPolicy.fixed(Duration.ofSeconds(10)));

    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Patient());

    private static String failingThrice(RunContext step) {
        if (step.attempt() <= 3) {
            throw new IllegalStateException("failure " + step.attempt());
        }
        return "tried " + step.attempt() + " times";
    }

    /** Has runs that fail at first. */
    @Service
    static final class Patient {
        @Handler
        String besideATimer(Context ctx) {
            RestatePromise<String> run = ctx.runAsync(PATIENT, String.class, RetriedRunsTest::failingThrice);
            RestatePromise.all(List.of(run, ctx.timer(Duration.ofHours(1)))).await();
            return run.await();
        }

        @Handler
        String besideAClosure(Context ctx) {
            RestatePromise<String> run = ctx.runAsync(PATIENT, String.class, RetriedRunsTest::failingThrice);
            RestatePromise<String> other = ctx.runAsync("other", String.class, () -> ", done");
            return RestatePromise.all(run, other).map(String::concat).await();
        }

        @Handler
        String twoPolicies(Context ctx) {
            RunOptions other = RunOptions.named("other")
                    .withRetryPolicy(
                            RetryPolicy.exponential(Duration.ofMillis(100)).withMaxAttempts(9));
            return RestatePromise.all(
                            ctx.runAsync(PATIENT, String.class, RetriedRunsTest::failingThrice),
                            ctx.runAsync(other, String.class, RetriedRunsTest::failingThrice))
                    .map((one, two) -> one + ", " + two)
                    .await();
        }
    }

    @Test
    void run_besideATimer_passesTheTimersTime(Client client, VirtualClock clock) {
        Instant begin = clock.instant();
        assertThat(client.service(Patient.class).call(Patient::besideATimer)).isEqualTo("tried 4 times");
        assertThat(Duration.between(begin, clock.instant())).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    }

    @Test
    void run_besideAClosure_isTriedAtItsTimes(Client client, VirtualClock clock) {
        Instant begin = clock.instant();
        assertThat(client.service(Patient.class).call(Patient::besideAClosure)).isEqualTo("tried 4 times, done");
        assertThat(Duration.between(begin, clock.instant())).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    @Test
    void runs_withTwoPolicies_end(Client client) {
        assertThat(client.service(Patient.class).call(Patient::twoPolicies)).isEqualTo("tried 4 times, tried 4 times");
    }
}
