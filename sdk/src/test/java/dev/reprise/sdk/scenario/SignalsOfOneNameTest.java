package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.sdk.RestatePromise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signals of one name form a queue: each await takes one, in the order in which they came. */
class SignalsOfOneNameTest {
    private static Notification go(String value) {
        return FakeAttempt.signal(new SignalName("go"), FakeAttempt.json('"' + value + '"'));
    }

    @Test
    void awaits_oneAfterTheOther_takeOneEach() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> ctx.signal("go", String.class).await()
                        + ctx.signal("go", String.class).await());
        attempt.receive(go("1"));
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("12");
    }

    @Test
    void signals_cameWhileNobodyWaitedForThem_areTakenInTheirOrder() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.sleep(Duration.ofSeconds(1));
            return ctx.signal("go", String.class).await()
                    + ctx.signal("go", String.class).await()
                    + ctx.signal("go", String.class).await();
        });
        attempt.receive(go("1"), go("2"), FakeAttempt.slept(1), go("3"));
        assertThat(Attempts.text(attempt)).isEqualTo("123");
    }

    @Test
    void promises_madeBefore_areDistinct() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> first = ctx.signal("go", String.class);
            RestatePromise<String> second = ctx.signal("go", String.class);
            return RestatePromise.all(List.of(first, second))
                    .map(all -> String.join(",", all))
                    .await();
        });
        attempt.receive(go("1"));
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("1,2");
    }

    @Test
    void promise_awaitedFirst_takesTheFirst() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> made = ctx.signal("go", String.class);
            String first = ctx.signal("go", String.class).await();
            return first + made.await();
        });
        attempt.receive(go("1"), go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("12");
    }

    /** One that was given up must not swallow what another waits for. */
    @Test
    void promise_thatLostItsRace_takesNone() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            String result = "";
            for (int i = 0; i < 3; i++) {
                result += RestatePromise.race(
                                ctx.signal("go", String.class),
                                ctx.timer(Duration.ofSeconds(1)).map(slept -> "-"))
                        .await();
            }
            return result;
        });
        attempt.receive(FakeAttempt.slept(1), go("1"), FakeAttempt.slept(2), FakeAttempt.slept(3));
        assertThat(Attempts.text(attempt)).isEqualTo("-1-");
    }

    @Test
    void race_lostInsideWhatIsAwaited_leavesTheSignalToTheOther() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> raced = RestatePromise.race(
                    ctx.signal("go", String.class),
                    ctx.timer(Duration.ofSeconds(1)).map(slept -> "-"));
            return RestatePromise.all(raced, ctx.signal("go", String.class))
                    .map((lost, won) -> lost + won)
                    .await();
        });
        attempt.receive(FakeAttempt.slept(1), go("1"));
        assertThat(Attempts.text(attempt)).isEqualTo("-1");
    }

    /** What came while something else was awaited has come when it came. */
    @Test
    void race_awaitedLate_isDecidedByTheOrderOfTheJournal() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> slept = ctx.timer(Duration.ofSeconds(1)).map(done -> "slept");
            RestatePromise<String> raced = RestatePromise.race(slept, ctx.signal("go", String.class));
            ctx.sleep(Duration.ofSeconds(2));
            return raced.await() + ctx.signal("go", String.class).await();
        });
        attempt.receive(go("1"), FakeAttempt.slept(1), FakeAttempt.slept(2), go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("12");
    }

    @Test
    void race_lostBeforeTheSignalCame_leavesItToTheOtherThoughAwaitedLate() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> raced = RestatePromise.race(
                    ctx.timer(Duration.ofSeconds(1)).map(done -> "slept"), ctx.signal("go", String.class));
            RestatePromise<String> other = ctx.signal("go", String.class);
            ctx.sleep(Duration.ofSeconds(2));
            return RestatePromise.all(raced, other).map((one, two) -> one + two).await();
        });
        attempt.receive(FakeAttempt.slept(1), go("1"), FakeAttempt.slept(2));
        assertThat(Attempts.text(attempt)).isEqualTo("slept1");
    }

    /** What is there already goes by the order of the arguments, and takes no more than it needs. */
    @Test
    void races_ofWhatIsThere_goByTheOrderOfArguments() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> slept = ctx.timer(Duration.ofSeconds(1)).map(done -> "-");
            ctx.sleep(Duration.ofSeconds(2));
            return RestatePromise.race(slept, ctx.signal("go", String.class)).await()
                    + RestatePromise.race(ctx.signal("go", String.class), slept).await()
                    + RestatePromise.race(ctx.signal("go", String.class), ctx.signal("go", String.class))
                            .await()
                    + RestatePromise.race(List.of(
                                    RestatePromise.all(List.of(ctx.signal("go", String.class))),
                                    RestatePromise.all(List.of(ctx.signal("go", String.class)))))
                            .map(all -> all.getFirst())
                            .await()
                    + ctx.signal("go", String.class).await();
        });
        attempt.receive(go("1"), go("2"), go("3"), go("4"), FakeAttempt.slept(1), FakeAttempt.slept(2));
        assertThat(Attempts.text(attempt)).isEqualTo("-1234");
    }

    @Test
    void functions_thatAwaitSignalsThemselves_takeTheirTurn() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> one = ctx.signal("go", String.class)
                    .map(value -> value + ctx.signal("go", String.class).await());
            return RestatePromise.all(one, ctx.signal("go", String.class))
                    .map((two, other) -> two + "," + other)
                    .await();
        });
        attempt.receive(go("1"), go("2"), go("3"));
        assertThat(Attempts.text(attempt)).isEqualTo("12,3");
    }

    @Test
    void replay_ofAll_takesThemAlike() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    String first = ctx.signal("go", String.class).await();
                    String run = ctx.run("between", String.class, () -> "fresh");
                    return first + run + ctx.signal("go", String.class).await();
                },
                go("1"),
                go("2"),
                new Command.Run(1, "between"),
                FakeAttempt.runCompleted(1, "\"-\""));
        assertThat(Attempts.text(attempt)).isEqualTo("1-2");
    }

    @Test
    void timeLimit_onOneThatCame_needsNoTimer() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.sleep(Duration.ofSeconds(1));
            return ctx.signal("go", String.class).await(Duration.ofSeconds(2))
                    + ctx.signal("go", String.class).await(Duration.ofSeconds(3));
        });
        attempt.receive(go("1"), FakeAttempt.slept(1), go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("12");
        assertThat(attempt.sent(Command.Sleep.class))
                .extracting(sleep -> sleep.wakeUpTimeMillis() - FakeAttempt.NOW.toEpochMilli())
                .containsExactly(1000L, 3000L);
    }

    @Test
    void suspension_beforeTheNextOne_namesIt() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> ctx.signal("go", String.class).await()
                        + RestatePromise.race(
                                        ctx.signal("go", String.class),
                                        ctx.timer(Duration.ofSeconds(1)).map(slept -> "-"))
                                .await(),
                go("1"));
        attempt.closeInput();
        assertThat(Attempts.only(attempt, Suspension.class).awaitingOn())
                .isEqualTo(raceOf(
                        leaf(SignalIndex.CANCEL), raceOf(leaf(new CompletionId(1)), leaf(new SignalName("go")))));
    }

    @Test
    void suspension_whileOneIsUnused_doesNotHappen() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> ctx.signal("go", String.class).await()
                        + ctx.signal("go", String.class).await(),
                go("1"),
                go("2"));
        assertThat(Attempts.text(attempt)).isEqualTo("12");
        assertThat(attempt.sent(Suspension.class)).isEmpty();
    }

    private static FutureTree leaf(NotificationId id) {
        return new FutureTree.Leaf(id);
    }

    private static FutureTree raceOf(FutureTree... children) {
        return FutureTree.race(List.of(children));
    }
}
