package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Awaits that end by a timer of the engine. */
class TimeLimitTest {
    private static final SignalIndex AWAKEABLE = new SignalIndex(SignalIndex.FIRST_AWAKEABLE);

    private static String limited(Context ctx, Void nothing) {
        Awakeable<String> awakeable = ctx.awakeable(String.class);
        try {
            return awakeable.promise().await(Duration.ofSeconds(1));
        } catch (TimeoutException e) {
            return "late, then " + awakeable.await();
        }
    }

    @Test
    void awaitWithTimeout_timerFirst_throwsAndThePromiseIsStillUsable() {
        FakeAttempt attempt = Attempts.service(TimeLimitTest::limited);
        long due = FakeAttempt.NOW.plusSeconds(1).toEpochMilli();
        assertThat(attempt.sent(Command.Sleep.class))
                .extracting(Command.Sleep::wakeUpTimeMillis)
                .containsExactly(due);
        assertThat(attempt.sent(Command.Output.class)).isEmpty();

        int timer = attempt.sent(Command.Sleep.class).getFirst().resultCompletionId();
        attempt.receive(FakeAttempt.slept(timer));
        attempt.receive(FakeAttempt.signal(AWAKEABLE, FakeAttempt.json("\"there\"")));
        assertThat(Attempts.text(attempt)).isEqualTo("late, then there");
    }

    @Test
    void awaitWithTimeout_promiseFirst_givesItsValueWithoutWaitingForTheTimer() {
        FakeAttempt attempt = Attempts.service(TimeLimitTest::limited);
        attempt.receive(FakeAttempt.signal(AWAKEABLE, FakeAttempt.json("\"there\"")));
        assertThat(Attempts.text(attempt)).isEqualTo("there");
    }
}
