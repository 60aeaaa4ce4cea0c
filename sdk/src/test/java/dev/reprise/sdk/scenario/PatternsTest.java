package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of branches and promises: bounded maps, hedges, retries, sagas, quorums. */
class PatternsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static String step(Context ctx, String name) {
        return ctx.run(name, String.class, () -> name);
    }

    private static TerminalException teapot(String message) {
        return new TerminalException(418, message);
    }

    @Test
    void mapConcurrent_items_resultsInOrderAndNoMoreThanTheLimitAtATime() {
        Played.handler((ctx, nothing) -> {
                    int[] underWay = {0, 0};
                    List<Integer> doubled =
                            ctx.mapConcurrent(IntStream.range(0, 7).boxed().toList(), 3, (c, item) -> {
                                underWay[1] = Math.max(underWay[1], ++underWay[0]);
                                int result = c.run("double " + item, Integer.class, () -> item * 2);
                                underWay[0]--;
                                return result;
                            });
                    return doubled + " " + underWay[1];
                })
                .gives("[0, 2, 4, 6, 8, 10, 12] 3");
    }

    @Test
    void mapConcurrent_oneFails_cancelsTheRestAndThrows() {
        Played.handler((ctx, nothing) -> ctx.mapConcurrent(List.of("never", "bad"), 2, (c, item) -> {
                            if (item.equals("bad")) {
                                c.run("bad", () -> {});
                                throw teapot("bad item");
                            }
                            return c.signal(item, String.class).await();
                        })
                        .toString())
                .gives("418: bad item");
    }

    @Test
    void mapConcurrentSettled_someFail_everyEnding() {
        Played.handler((ctx, nothing) -> ctx
                        .mapConcurrentSettled(List.of(1, 2, 3), 2, (c, item) -> {
                            c.run("item " + item, () -> {});
                            if (item == 2) {
                                throw teapot("two");
                            }
                            return item;
                        })
                        .stream()
                        .map(ending -> ending instanceof Settled.Fulfilled<Integer>(Integer value) ? "" + value : "x")
                        .toList()
                        .toString())
                .gives("[1, x, 3]");
    }

    @Test
    void hedge_firstInTime_noSecond() {
        Played played = Played.handler((ctx, nothing) -> ctx.hedge("quote", HOUR, 3, c -> "at once"));
        played.gives("at once");
    }

    @Test
    void hedge_failingCopy_startsTheNextAtOnce_andAllFailed() {
        Played.handler((ctx, nothing) -> {
                    int[] copies = {0};
                    try {
                        return ctx.hedge("quote", HOUR, 3, c -> {
                            throw teapot("copy " + copies[0]++);
                        });
                    } catch (AggregateException e) {
                        return e.errors().size() + " failed";
                    }
                })
                .gives("3 failed");
    }

    @Test
    void hedge_slowCopy_isOvertakenAndCancelled() {
        Played.handler((ctx, nothing) -> {
                    int[] copies = {0};
                    return ctx.hedge(
                            "quote",
                            HOUR,
                            2,
                            c -> copies[0]++ == 0
                                    ? c.signal("never", String.class).await()
                                    : step(c, "second"));
                })
                .gives("second");
    }

    @Test
    void retry_failingBody_isDoneAgainAsAWhole() {
        Played played = Played.handler((ctx, nothing) -> {
            int[] tries = {0};
            return ctx.retry("checkout", RetryPolicy.fixed(HOUR).withMaxAttempts(3), c -> {
                int mine = ++tries[0];
                step(c, "reserve " + mine);
                if (mine < 3) {
                    throw teapot("not yet");
                }
                return step(c, "pay " + mine);
            });
        });
        played.gives("pay 3");
        assertThat(played.runs())
                .allSatisfy(runs -> assertThat(runs).containsExactly("reserve 1", "reserve 2", "reserve 3", "pay 3"));
    }

    @Test
    void retry_policyGivesUp_throwsTheLastFailure() {
        Played.handler((ctx, nothing) -> {
                    int[] tries = {0};
                    return ctx.retry("checkout", RetryPolicy.fixed(HOUR).withMaxAttempts(2), c -> {
                        throw teapot("try " + ++tries[0]);
                    });
                })
                .gives("418: try 2");
    }

    @Test
    void saga_laterStepFails_undoesInReverseOrder() {
        Played played = Played.handler((ctx, nothing) -> ctx.saga(saga -> {
            saga.step("flight", () -> {}, () -> {});
            saga.step("hotel", String.class, () -> "hotel", () -> {});
            saga.step(
                    "car",
                    () -> {
                        throw teapot("no car");
                    },
                    () -> {});
            return "";
        }));
        played.gives("418: no car");
        assertThat(played.runs())
                .allSatisfy(runs ->
                        assertThat(runs).containsExactly("flight", "hotel", "car", "undo hotel", "undo flight"));
    }

    @Test
    void saga_cancelledInFlight_undoesThatStepToo_andFailedUndoLetsTheRestGoOn() {
        Played played = Played.handler(
                (ctx, nothing) -> ctx.saga(saga -> {
                    saga.onFailure("first", () -> {});
                    saga.onFailure("broken", () -> {
                        throw teapot("cannot be undone");
                    });
                    ctx.signal("never", String.class).await();
                    return "";
                }),
                FakeAttempt.cancel(),
                FakeAttempt.cancel());
        played.gives("409: cancelled");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("undo broken", "undo first"));
    }

    @Test
    void majority_enoughSucceed_valuesFailuresAndPending() {
        Played.handler((ctx, nothing) -> {
                    var quorum = RestatePromise.majority(List.of(
                                    ctx.runAsync("a", String.class, () -> "v"),
                                    ctx.signal("never", String.class),
                                    ctx.runAsync("b", String.class, () -> "v")))
                            .await();
                    return quorum.values() + " " + quorum.failures().size() + " "
                            + quorum.pending().size();
                })
                .gives("[v, v] 0 1");
    }

    @Test
    void atLeast_tooManyFail_isRejectedAtOnce() {
        Played.handler((ctx, nothing) -> {
                    RestatePromise<String> bad = ctx.runAsync("bad", String.class, () -> {
                        throw teapot("bad");
                    });
                    try {
                        return RestatePromise.atLeast(2, List.of(ctx.signal("never", String.class), bad))
                                .await()
                                .toString();
                    } catch (AggregateException e) {
                        return e.errors().size() + " failed";
                    }
                })
                .gives("1 failed");
    }

    @Test
    void then_settlesWhenWhatItGivesDoes() {
        Played.handler(
                        (ctx, nothing) -> {
                            RestatePromise<String> chained = ctx.runAsync("first", String.class, () -> "1")
                                    .then(one ->
                                            ctx.signal("later", String.class).map(two -> one + two));
                            return chained.await();
                        },
                        FakeAttempt.signal(new SignalName("later"), FakeAttempt.json("\"2\"")))
                .gives("12");
    }
}
