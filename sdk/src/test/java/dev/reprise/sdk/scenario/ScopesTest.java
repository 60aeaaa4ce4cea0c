package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.LogKeys;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ScopesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);

    private static String twoSteps(Context ctx, String name) {
        return ctx.run(name + " 1", String.class, () -> name) + ctx.run(name + " 2", String.class, () -> "!");
    }

    private static String failing(Context ctx, String name) {
        ctx.run(name, () -> {});
        throw new TerminalException(418, name + " failed");
    }

    @Test
    void allSuccessful_everyBranch_valuesInOrderOfForking() {
        Played.handler((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())) {
                        scope.fork("a", c -> twoSteps(c, "a"));
                        scope.fork("b", c -> twoSteps(c, "b"));
                        return String.join(",", scope.join());
                    }
                })
                .gives("a!,b!");
    }

    @Test
    void allSuccessful_oneFails_othersAreCancelledAndJoinThrowsThatFailure() {
        Played played = Played.handler((ctx, nothing) -> {
            try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())) {
                scope.fork("slow", c -> {
                    try {
                        c.signal("never", String.class).await();
                        return "";
                    } finally {
                        c.run("clean", () -> {});
                    }
                });
                scope.fork("bad", c -> failing(c, "bad"));
                return String.join(",", scope.join());
            }
        });
        played.gives("418: bad failed");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("bad", "clean"));
    }

    @Test
    void anySuccessful_first_winsAndOthersAreCancelled() {
        Played.handler((ctx, nothing) -> {
                    Branch<String> slow;
                    String won;
                    try (var scope = ctx.scope(Joiner.<String>anySuccessfulOrThrow())) {
                        slow = scope.fork("slow", c -> {
                            c.awakeable(String.class).await();
                            return "slow";
                        });
                        scope.fork("bad", c -> failing(c, "bad"));
                        scope.fork("good", c -> twoSteps(c, "good"));
                        won = scope.join();
                    }
                    return won + " " + slow.state() + " " + (slow.exception() instanceof PromiseCancelledException);
                })
                .gives("good! FAILED true");
    }

    @Test
    void anySuccessful_allFail_throwsTheFirstFailure() {
        Played.handler((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.<String>anySuccessfulOrThrow())) {
                        scope.fork("bad", c -> failing(c, "bad"));
                        return scope.join();
                    }
                })
                .gives("418: bad failed");
    }

    @Test
    void awaitAllSuccessful_ofDifferentTypes_branchesTellTheirValues() {
        Played.handler((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.awaitAllSuccessfulOrThrow())) {
                        var text = scope.fork("text", c -> twoSteps(c, "t"));
                        var number = scope.fork("number", c -> c.run("n", Integer.class, () -> 7));
                        scope.join();
                        return text.get() + number.get();
                    }
                })
                .gives("t!7");
    }

    @Test
    void awaitAll_someFail_allAreWaitedFor() {
        Played.handler((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.<String>awaitAll())) {
                        var bad = scope.fork("bad", c -> failing(c, "bad"));
                        var good = scope.fork("good", c -> twoSteps(c, "good"));
                        scope.join();
                        return good.get() + bad.exception().code();
                    }
                })
                .gives("good!418");
    }

    @Test
    void allUntil_predicateHolds_givesAllBranches() {
        Played.handler((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.<String>allUntil(b -> b.state() == Branch.State.SUCCESS))) {
                        scope.fork("slow", c -> c.signal("never", String.class).await());
                        scope.fork("good", c -> twoSteps(c, "good"));
                        return scope.join().stream().map(Branch::state).toList().toString();
                    }
                })
                .gives("[FAILED, SUCCESS]");
    }

    @Test
    void joiner_ofAUser_decides() {
        Played.handler((ctx, nothing) -> {
                    Joiner<Integer, Integer> sumOfTwo = new Joiner<>() {
                        private int sum;
                        private int seen;

                        @Override
                        public boolean onComplete(Branch<? extends Integer> branch) {
                            sum += branch.get();
                            return ++seen == 2;
                        }

                        @Override
                        public Integer result() {
                            return sum;
                        }
                    };
                    try (var scope = ctx.scope(sumOfTwo)) {
                        scope.fork("one", c -> c.run("one", Integer.class, () -> 1));
                        scope.fork("two", c -> c.run("two", Integer.class, () -> 1));
                        scope.fork(
                                "never", c -> c.signal("never", Integer.class).await());
                        return "sum " + scope.join();
                    }
                })
                .gives("sum 2");
    }

    @Test
    void timeout_over_cancelsAndThrows() {
        Played played = Played.handler((ctx, nothing) -> {
            try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow()).withTimeout(HOUR)) {
                scope.fork("never", c -> {
                    try {
                        return c.signal("never", String.class).await();
                    } catch (CancelledException e) {
                        c.run("clean", () -> {});
                        throw e;
                    }
                });
                return String.join("", scope.join());
            } catch (TimeoutException e) {
                return "late";
            }
        });
        played.gives("late");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("clean"));
    }

    @Test
    void timeout_withAllUntil_givesPartialResults() {
        Played.handler((ctx, nothing) -> {
                    try (var scope =
                            ctx.scope(Joiner.<String>allUntil(b -> false)).withTimeout(HOUR)) {
                        scope.fork("never", c -> c.signal("never", String.class).await());
                        return scope.join().stream().map(Branch::state).toList().toString();
                    }
                })
                .gives("[FAILED]");
    }

    @Test
    void scopes_nested_childrenFirst() {
        Played played = Played.handler((ctx, nothing) -> {
            try (var outer = ctx.scope(Joiner.<String>anySuccessfulOrThrow())) {
                outer.fork("parent", c -> {
                    try (var inner = c.scope(Joiner.<String>awaitAll())) {
                        inner.fork("child", d -> untilCancelled(d, "child"));
                        inner.fork("sibling", d -> untilCancelled(d, "sibling"));
                        inner.join();
                        return "";
                    } finally {
                        c.run("parent out", () -> {});
                    }
                });
                outer.fork("good", c -> twoSteps(c, "good"));
                return outer.join();
            }
        });
        played.gives("good!");
        assertThat(played.runs())
                .allSatisfy(runs -> assertThat(runs).endsWith("child out", "sibling out", "parent out"));
    }

    private static String untilCancelled(Context ctx, String name) {
        try {
            return ctx.signal("never", String.class).await();
        } finally {
            ctx.run(name + " out", () -> {});
        }
    }

    @Test
    void object_branches_haveItsState() {
        Played.handler((ctx, nothing) -> {
                    try (Scope<? extends ObjectContext, Object, ?> scope =
                            ctx.scope(Joiner.awaitAllSuccessfulOrThrow())) {
                        scope.fork("one", c -> increment(c, 1));
                        scope.fork("two", c -> increment(c, 2));
                        scope.join();
                    }
                    return "count " + ctx.get(COUNT).orElseThrow();
                })
                .gives("count 3");
    }

    private static int increment(ObjectContext ctx, int by) {
        ctx.run("before " + by, () -> {});
        int now = ctx.get(COUNT).orElse(0) + by; // no other task goes on between get and set
        ctx.set(COUNT, now);
        return now;
    }

    @Test
    void name_ofAScope_marksItsTimerAndItsBranches() {
        List<String> marks = new ArrayList<>();
        Played played = Played.handler((ctx, nothing) -> {
            try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())
                    .withName("trip")
                    .withTimeout(HOUR)) {
                Branch<String> flight = scope.fork("flight", c -> {
                    marks.add(MDC.get(LogKeys.BRANCH));
                    try (var inner = c.scope(Joiner.<String>allSuccessfulOrThrow())) {
                        inner.fork("seat", d -> MDC.get(LogKeys.BRANCH));
                        return inner.join().getFirst();
                    }
                });
                scope.join();
                return flight.name() + " " + flight.get();
            }
        });
        played.gives("flight trip/flight/seat");
        assertThat(marks).isNotEmpty().containsOnly("trip/flight");
        assertThat(played.journals())
                .allSatisfy(journal -> assertThat(journal)
                        .filteredOn(Command.Sleep.class::isInstance)
                        .extracting(Command::name)
                        .containsExactly("trip"));
    }

    @Test
    void name_afterTheFirstThingOrASecondOne_isRefused() {
        Played.handler((ctx, nothing) -> {
                    StringBuilder seen = new StringBuilder();
                    note(
                            seen,
                            () -> ctx.scope(Joiner.<String>awaitAll())
                                    .withTimeout(HOUR)
                                    .withName("late"));
                    note(
                            seen,
                            () -> ctx.scope(Joiner.<String>awaitAll())
                                    .withName("a")
                                    .withName("b"));
                    try (var scope = ctx.scope(Joiner.<String>awaitAll())) {
                        scope.fork("branch", c -> "");
                        note(seen, () -> scope.withName("late"));
                        scope.join();
                        note(seen, () -> scope.withName("later"));
                    }
                    return seen.toString();
                })
                .gives("illegal illegal illegal illegal ");
    }

    @Test
    void misuse_refused() {
        Played.handler((ctx, nothing) -> {
                    StringBuilder seen = new StringBuilder();
                    var scope = ctx.scope(Joiner.<String>awaitAll());
                    scope.fork("a", c -> {
                        note(seen, () -> scope.fork("stranger", d -> ""));
                        note(seen, () -> ctx.run("the handler's context", () -> {}));
                        return "";
                    });
                    scope.join();
                    note(seen, () -> scope.fork("after join", c -> ""));
                    note(seen, scope::join);
                    scope.close();
                    var unjoined = ctx.scope(Joiner.<String>awaitAll());
                    unjoined.fork("b", c -> "");
                    note(seen, unjoined::close);
                    return seen.toString();
                })
                .gives("illegal illegal illegal illegal illegal ");
    }

    private static void note(StringBuilder seen, Runnable action) {
        try {
            action.run();
            seen.append("went on ");
        } catch (IllegalStateException e) {
            seen.append("illegal ");
        }
    }

    @Test
    void fork_inAScopeThatIsOver_neverRuns() {
        Played played = Played.handler((ctx, nothing) -> {
            try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())) {
                var bad = scope.fork("bad", c -> failing(c, "bad"));
                ctx.sleep(HOUR);
                try {
                    bad.await();
                } catch (TerminalException e) {
                    scope.fork("late", c -> twoSteps(c, "late"));
                }
                return List.of(scope.isCancelled(), bad.state()) + scope.join().toString();
            }
        });
        played.gives("418: bad failed");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("bad"));
    }

    @Test
    void invocation_cancelledInJoin_unwindsBranchesFirst() {
        Played played = Played.handler(
                (ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.<String>awaitAll())) {
                        scope.fork("a", c -> untilCancelled(c, "a"));
                        scope.fork("b", c -> untilCancelled(c, "b"));
                        scope.join();
                        return "";
                    } finally {
                        ctx.run("handler out", () -> {});
                    }
                },
                FakeAttempt.cancel());
        played.gives("409: cancelled");
        assertThat(played.runs()).allSatisfy(runs -> assertThat(runs).containsExactly("a out", "b out", "handler out"));
    }
}
