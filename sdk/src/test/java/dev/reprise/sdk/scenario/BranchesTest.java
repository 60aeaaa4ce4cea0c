package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Branches without scopes, cancelling, and what is begun and not awaited. */
class BranchesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static String step(Context ctx, String name) {
        return ctx.run(name, String.class, () -> name);
    }

    private static TerminalException teapot(String message) {
        return new TerminalException(418, message);
    }

    // -- turns

    @Test
    void branches_goOnBesideEachOther_andAreAwaitedInCombinators() {
        Played.handler((ctx, nothing) -> {
                    Branch<String> a = ctx.fork("a", c -> step(c, "a1") + step(c, "a2"));
                    Branch<String> b = ctx.fork("b", c -> step(c, "b1") + step(c, "b2"));
                    return RestatePromise.all(a, b, ctx.runAsync("own", String.class, () -> "own"))
                            .map((x, y, z) -> x + y + z)
                            .await();
                })
                .gives("a1a2b1b2own");
    }

    @Test
    void run_awaitingWhatIsThere_doesNotMoveTheBaton() {
        Played.handler((ctx, nothing) -> {
                    List<String> order = new ArrayList<>();
                    RestatePromise<String> there = ctx.runAsync("there", String.class, () -> "x");
                    there.await();
                    RestatePromise<?> unused = ctx.fork("branch", c -> order.add("branch"));
                    there.await();
                    RestatePromise.resolve("y").await();
                    order.add("handler");
                    ctx.run("moves", () -> {});
                    return String.join(",", order);
                })
                .gives("handler,branch");
    }

    @Test
    void random_inABranch_doesNotShiftThatOfOthers() {
        assertThat(drawnByTheHandler(true)).isEqualTo(drawnByTheHandler(false)).hasSizeGreaterThan(1);
    }

    private static Set<Long> drawnByTheHandler(boolean branchDraws) {
        Set<Long> drawn = new HashSet<>();
        Played.handler((ctx, nothing) -> {
            ctx.fork("branch", c -> branchDraws ? c.random().nextLong() : 0).await();
            drawn.add(ctx.random().nextLong());
            return "";
        });
        return drawn;
    }

    @Test
    void function_ofAPromise_usesTheContextOfTheTaskThatMadeIt() {
        Played.handler((ctx, nothing) -> {
                    List<RestatePromise<String>> made = new ArrayList<>();
                    RestatePromise<?> unused = ctx.fork("maker", c -> {
                        made.add(c.runAsync("source", String.class, () -> "s").map(value -> value + step(c, "i")));
                        c.sleep(HOUR);
                        return "";
                    });
                    ctx.run("moves", () -> {});
                    return made.getFirst().await();
                })
                .gives("si");
    }

    @Test
    void branch_thatAwaitsItself_isRefused() {
        Played.handler((ctx, nothing) -> {
                    List<Branch<String>> branches = new ArrayList<>();
                    branches.add(ctx.fork("one", c -> branches.get(1).await()));
                    branches.add(ctx.fork("two", c -> {
                        try {
                            return branches.getFirst().await();
                        } catch (IllegalStateException e) {
                            return "refused";
                        }
                    }));
                    return branches.getFirst().await();
                })
                .gives("refused");
    }

    @Test
    void branch_failingForTheMoment_failsTheAttemptAndGoesOnInTheNext() {
        int[] attempts = {0};
        Played.handler((ctx, nothing) -> {
                    Branch<String> flaky = ctx.fork("flaky", c -> {
                        String first = step(c, "first");
                        if (attempts[0]++ % 3 == 0) {
                            throw new IllegalStateException("for the moment");
                        }
                        return first;
                    });
                    return flaky.await();
                })
                .gives("first");
    }

    // -- what nobody awaited

    @Test
    void runAndBranch_notAwaited_areWaitedForBeforeTheOutput() {
        Played played = Played.handler((ctx, nothing) -> {
            RestatePromise<?> unused = ctx.runAsync("dropped", () -> {});
            RestatePromise<?> unusedToo = ctx.fork("forgotten", c -> step(c, "f1") + step(c, "f2"));
            return "done";
        });
        played.gives("done");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("dropped", "f1", "f2"));
    }

    @Test
    void run_notAwaitedThatFails_failsTheInvocation() {
        Played.handler((ctx, nothing) -> {
                    RestatePromise<?> unused = ctx.runAsync("dropped", () -> {
                        throw teapot("dropped failed");
                    });
                    return "done";
                })
                .gives("418: dropped failed");
    }

    @Test
    void branch_thatLostARace_isCancelledAndItsCleanupRecorded() {
        Played played = Played.handler((ctx, nothing) -> {
            Branch<String> slow = ctx.fork("slow", c -> {
                try {
                    return c.signal("never", String.class).await();
                } finally {
                    c.run("clean", () -> {});
                }
            });
            return RestatePromise.race(slow, ctx.runAsync("fast", String.class, () -> "fast"))
                    .await();
        });
        played.gives("fast");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("fast", "clean"));
    }

    @Test
    void cancel_whileTheUnawaitedAreAwaited_endsWith409() {
        Played.handler(
                        (ctx, nothing) -> {
                            RestatePromise<?> unused = ctx.fork(
                                    "forgotten",
                                    c -> c.signal("never", String.class).await());
                            return "done";
                        },
                        FakeAttempt.cancel())
                .gives("409: cancelled");
    }

    // -- cancelling promises

    @Test
    void cancel_ofARun_rejectsItAndItsResultIsIgnoredInEveryReplay() {
        Played.handler((ctx, nothing) -> {
                    RestatePromise<String> run = ctx.runAsync("run", String.class, () -> "ran");
                    ctx.sleep(HOUR);
                    boolean settled = run.isSettled();
                    run.cancel();
                    try {
                        return settled ? "was there" : run.await();
                    } catch (PromiseCancelledException e) {
                        return "was there";
                    }
                })
                .gives("was there");
    }

    @Test
    void cancel_ofACall_cancelsTheCalled() {
        Played played = Played.handler((ctx, nothing) -> {
            ctx.call(Target.service("Other", "work"), 1, String.class).cancel();
            return "done";
        });
        played.gives("done");
        assertThat(played.journals())
                .allSatisfy(journal -> assertThat(journal)
                        .filteredOn(Command.SendSignal.class::isInstance)
                        .singleElement()
                        .satisfies(command -> {
                            assertThat(((Command.SendSignal) command).targetInvocationId())
                                    .isEqualTo("inv_work");
                            assertThat(((Command.SendSignal) command).signal()).isEqualTo(SignalIndex.CANCEL);
                        }));
    }

    @Test
    void cancelLosers_ofARace_cancelsThemInTheirOrder() {
        Played played = Played.handler((ctx, nothing) -> {
            RestatePromise<String> never = ctx.signal("never", String.class);
            RestatePromise.race(
                            ctx.timer(HOUR).map(slept -> "slept"),
                            ctx.call(Target.service("Other", "work"), 1, String.class)
                                    .then(done -> never),
                            never)
                    .cancelLosers()
                    .await();
            try {
                return never.await();
            } catch (PromiseCancelledException e) {
                return e.code() + " cancelled";
            }
        });
        played.gives("500 cancelled");
    }

    @Test
    void cancel_ofACombination_leavesWhatOthersHave() {
        Played.handler((ctx, nothing) -> {
                    RestatePromise<String> shared = ctx.runAsync("shared", String.class, () -> "kept");
                    RestatePromise<String> own = ctx.signal("never", String.class);
                    RestatePromise<String> other = shared.map(value -> value + "!");
                    RestatePromise.all(List.of(shared, own)).cancel();
                    return other.await() + own.isSettled();
                })
                .gives("kept!true");
    }

    @Test
    void cancel_ofASignal_givesUpItsPlace() {
        Played.handler(
                        (ctx, nothing) -> {
                            RestatePromise<String> first = ctx.signal("go", String.class);
                            RestatePromise<String> second = ctx.signal("go", String.class);
                            first.cancel();
                            return second.await();
                        },
                        FakeAttempt.signal(new SignalName("go"), FakeAttempt.json("\"went\"")))
                .gives("went");
    }

    @Test
    void cancel_ofABranch_interruptsItAndAllItBegan() {
        Played played = Played.handler((ctx, nothing) -> {
            Branch<String> branch = ctx.fork("branch", c -> {
                RestatePromise<String> call = c.call(Target.service("Other", "work"), 1, String.class);
                Branch<String> child = c.fork("child", d -> {
                    try {
                        return d.signal("never", String.class).await();
                    } finally {
                        d.run("child out", () -> {});
                    }
                });
                try {
                    return child.await() + call.await();
                } catch (CancelledException e) {
                    c.run("branch out", () -> {});
                    throw e;
                }
            });
            ctx.run("before", () -> {});
            branch.cancel();
            try {
                return branch.await();
            } catch (PromiseCancelledException e) {
                return "cancelled";
            }
        });
        played.gives("cancelled");
        assertThat(played.runs())
                .allSatisfy(runs -> assertThat(runs).containsExactly("before", "child out", "branch out"));
    }

    @Test
    void cancel_ofABranchThatHasNotBegun_neverRunsIt() {
        Played played = Played.handler((ctx, nothing) -> {
            Branch<String> branch = ctx.fork("branch", c -> step(c, "never"));
            branch.cancel();
            ctx.run("after", () -> {});
            return branch.state().toString();
        });
        played.gives("FAILED");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("after"));
    }

    @Test
    void cancel_ofTheInvocation_goesThroughBranchesFirst() {
        Played played = Played.handler(
                (ctx, nothing) -> {
                    Branch<String> branch = ctx.fork("branch", c -> {
                        try {
                            return c.signal("never", String.class).await();
                        } catch (CancelledException e) {
                            return step(c, "branch undone");
                        }
                    });
                    try {
                        return ctx.signal("never", String.class).await();
                    } catch (CancelledException e) {
                        ctx.run("handler undone", () -> {});
                        return branch.await();
                    }
                },
                FakeAttempt.cancel());
        played.gives("branch undone");
        assertThat(played.runs())
                .allSatisfy(runs -> assertThat(runs).containsExactly("branch undone", "handler undone"));
    }
}
