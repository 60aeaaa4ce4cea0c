package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each cancellation interrupts one await: the first that waits after the ones before were thrown. */
class CancelledAgainTest {
    /** Waits, and waits again each time it is interrupted. */
    private static String stubborn(Context ctx, int times) {
        int interrupted = 0;
        while (interrupted < times) {
            try {
                ctx.sleep(Duration.ofSeconds(1));
                return "slept after " + interrupted;
            } catch (CancelledException e) {
                interrupted++;
            }
        }
        return "interrupted " + interrupted;
    }

    @Test
    void cancellations_eachWhileWaiting_throwEach() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> stubborn(ctx, 3));
        attempt.receive(FakeAttempt.cancel());
        attempt.receive(FakeAttempt.cancel());
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(FakeAttempt.cancel());
        assertThat(Attempts.text(attempt)).isEqualTo("interrupted 3");
    }

    @Test
    void cancellations_atOnce_throwAtOneAwaitAfterTheOther() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> stubborn(ctx, 2));
        attempt.receive(FakeAttempt.cancel(), FakeAttempt.cancel());
        assertThat(Attempts.text(attempt)).isEqualTo("interrupted 2");
    }

    @Test
    void cancellation_thatComesBeforeWhatIsAwaited_throwsThere() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> stubborn(ctx, 5));
        attempt.receive(FakeAttempt.cancel());
        attempt.receive(FakeAttempt.slept(2), FakeAttempt.cancel());
        assertThat(Attempts.text(attempt)).isEqualTo("slept after 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void replay_cutAnywhere_decidesAlike(int cut) {
        List<Message> journal =
                new ArrayList<>(List.of(sleep(1), FakeAttempt.cancel(), sleep(2), FakeAttempt.cancel(), sleep(3)));
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> stubborn(ctx, 5), journal.subList(0, cut).toArray(Message[]::new));
        journal.subList(cut, journal.size()).stream()
                .filter(entry -> !(entry instanceof Command))
                .forEach(attempt::receive);
        attempt.receive(FakeAttempt.slept(3));
        assertThat(Attempts.text(attempt)).isEqualTo("slept after 2");
    }

    private static Command sleep(int id) {
        return new Command.Sleep(FakeAttempt.NOW.plusSeconds(1).toEpochMilli(), id, "");
    }

    @Test
    void suspension_inACompensation_waitsForTheNextCancellation() {
        FakeAttempt attempt =
                Attempts.service((ctx, nothing) -> stubborn(ctx, 2), sleep(1), FakeAttempt.cancel(), sleep(2));
        attempt.closeInput();
        assertThat(Attempts.only(attempt, Suspension.class).awaitingOn())
                .isEqualTo(FutureTree.race(
                        List.of(new FutureTree.Leaf(new CompletionId(2)), new FutureTree.Leaf(SignalIndex.CANCEL))));
    }

    @Test
    void awakeable_awaitedInACompensation_isInterrupted() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            try {
                return ctx.timer(Duration.ofSeconds(1)).map(slept -> "slept").await();
            } catch (CancelledException first) {
                return ctx.awakeable(String.class).await();
            }
        });
        attempt.receive(FakeAttempt.cancel());
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(FakeAttempt.cancel());
        assertThat(Attempts.failure(attempt).code()).isEqualTo(409);
    }

    static List<Function<RestatePromise<String>, RestatePromise<String>>> ways() {
        return List.of(
                promise -> promise,
                promise -> promise.recover(failure -> "recovered"),
                promise -> RestatePromise.any(List.of(promise)),
                promise -> RestatePromise.allSettled(List.of(promise)).map(all -> "settled"),
                promise -> RestatePromise.race(List.of(promise)).recover(failure -> "recovered"));
    }

    /** What interrupts a function that awaits is for whoever awaits its promise, and the outcome of none. */
    @ParameterizedTest
    @MethodSource("ways")
    void functionThatAwaits_isCancelled_andSoIsWhoAwaitsIt(
            Function<RestatePromise<String>, RestatePromise<String>> way) {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> mapped = ctx.timer(Duration.ofSeconds(1))
                    .map(slept -> ctx.awakeable(String.class).await());
            try {
                return way.apply(mapped).await();
            } catch (CancelledException e) {
                return "cancelled";
            }
        });
        attempt.receive(FakeAttempt.slept(1));
        attempt.receive(FakeAttempt.cancel());
        assertThat(Attempts.text(attempt)).isEqualTo("cancelled");
    }

    /** Each cancellation goes on to the calls made since the one before. */
    @Test
    void calls_madeInACompensation_areCancelledByTheNext() {
        Target other = Target.service("Other", "work");
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            try {
                return ctx.call(other, 1, String.class).await();
            } catch (CancelledException first) {
                try {
                    return ctx.call(other, 2, String.class).await();
                } catch (CancelledException second) {
                    return "gave up";
                }
            }
        });
        attempt.receive(FakeAttempt.callStarted(1, "inv_first"), FakeAttempt.cancel());
        attempt.receive(FakeAttempt.callStarted(3, "inv_second"), FakeAttempt.cancel());
        assertThat(Attempts.text(attempt)).isEqualTo("gave up");
        assertThat(attempt.sent(Command.SendSignal.class))
                .extracting(Command.SendSignal::targetInvocationId)
                .containsExactly("inv_first", "inv_second");
    }

    /** Those that come while the ids of the calls to cancel are waited for are kept, each for an await of its own. */
    @Test
    void cancellations_whileCallsAreBeingCancelled_areKept() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<?> unused = ctx.call(Target.service("Other", "work"), 1, String.class);
            return stubborn(ctx, 3);
        });
        attempt.receive(FakeAttempt.cancel(), FakeAttempt.cancel(), FakeAttempt.cancel());
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(FakeAttempt.callStarted(1, "inv_first"));
        assertThat(Attempts.text(attempt)).isEqualTo("interrupted 3");
        assertThat(attempt.sent(Command.SendSignal.class))
                .containsExactly(new Command.SendSignal("inv_first", SignalIndex.CANCEL, Result.Empty.INSTANCE, ""));
    }
}
