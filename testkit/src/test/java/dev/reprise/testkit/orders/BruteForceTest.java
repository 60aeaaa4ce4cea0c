package dev.reprise.testkit.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left out leads to nothing new: driving every order gives the same outputs, states and sequences of commands.
 */
class BruteForceTest {
    private static final StateKey<String> SEEN = StateKey.of("seen", String.class);

    /** Handlers, each with something of its own for which order may matter. */
    @SuppressWarnings("ImmutableEnumChecker") // code without a state of its own
    enum Program {
        STEPS_ONE_AFTER_THE_OTHER((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 4);
            return steps.stream().map(RestatePromise::await).toList().toString();
        }),
        RACE_BEHIND_ANOTHER((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 4);
            RestatePromise<String> race = RestatePromise.race(steps.subList(0, 3));
            return steps.get(3).await() + race.await();
        }),
        RACE_MADE_LATER((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 4);
            return steps.get(3).await()
                    + RestatePromise.race(steps.subList(0, 3)).await();
        }),
        ASKED((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 3);
            return steps.get(1).await()
                    + steps.get(0).isSettled()
                    + steps.get(2).isSettled();
        }),
        ALL_WITH_A_FAILURE((ctx, nothing) -> {
            List<RestatePromise<String>> steps = new ArrayList<>(steps(ctx, 3));
            steps.add(failing(ctx, "one"));
            steps.add(failing(ctx, "two"));
            return RestatePromise.all(steps)
                    .map(List::toString)
                    .recover(TerminalException::getMessage)
                    .await();
        }),
        ANY((ctx, nothing) -> {
            List<RestatePromise<String>> steps = new ArrayList<>(steps(ctx, 2));
            steps.add(failing(ctx, "one"));
            steps.add(failing(ctx, "two"));
            return RestatePromise.any(steps).await();
        }),
        SOME_OF_MANY((ctx, nothing) -> {
            var completed = RestatePromise.waitCompleted(2, steps(ctx, 4)).await();
            return completed.done().stream().map(RestatePromise::await).toList().toString();
        }),
        AS_COMPLETED((ctx, nothing) -> {
            List<String> seen = new ArrayList<>();
            for (RestatePromise<String> next : RestatePromise.asCompleted(steps(ctx, 3))) {
                seen.add(next.await());
                ctx.run("saw " + seen, () -> {});
            }
            return seen.toString();
        }),
        TIMEOUTS((ctx, nothing) -> {
            RestatePromise<String> quick = ctx.runAsync("quick", String.class, () -> "quick")
                    .orTimeout(Duration.ofSeconds(1))
                    .recover(e -> "late");
            RestatePromise<String> slow = ctx.runAsync("slow", String.class, () -> "slow")
                    .orTimeout(Duration.ofSeconds(2))
                    .recover(e -> "late");
            return slow.await() + quick.await();
        }),
        FUNCTIONS_WITH_STEPS((ctx, nothing) -> {
            List<RestatePromise<String>> mapped = steps(ctx, 3).stream()
                    .map(step -> step.map(value -> value + ctx.run("of " + value, String.class, () -> "!")))
                    .toList();
            RestatePromise<String> race = RestatePromise.race(mapped.subList(0, 2));
            return mapped.get(2).await() + race.await();
        }),
        FUNCTIONS_MADE_EARLY((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 3);
            List<RestatePromise<String>> mapped = steps.stream()
                    .map(step -> step.map(value -> {
                        ctx.runAsync("of " + value, String.class, () -> "!").isSettled();
                        return value;
                    }))
                    .toList();
            return steps.get(2).await()
                    + RestatePromise.all(mapped.subList(0, 2)).await();
        }),
        BRANCHES((ctx, nothing) -> {
            List<Branch<String>> branches = IntStream.range(0, 3)
                    .mapToObj(i -> ctx.fork(
                            "b" + i,
                            c -> c.run("first " + i, String.class, () -> "1")
                                    + c.run("second " + i, String.class, () -> "2")))
                    .toList();
            return branches.stream().map(RestatePromise::await).toList().toString();
        }),
        BRANCHES_TOGETHER((ctx, nothing) -> {
            List<Branch<String>> branches = IntStream.range(0, 3)
                    .mapToObj(i -> ctx.fork(
                            "b" + i,
                            c -> c.run("first " + i, String.class, () -> "1")
                                    + c.run("second " + i, String.class, () -> "2")))
                    .toList();
            return RestatePromise.all(branches).await().toString();
        }),
        HANDLER_AND_BRANCH_WAKE_TOGETHER((ctx, nothing) -> {
            List<RestatePromise<String>> steps = steps(ctx, 3);
            Branch<String> branch = ctx.fork("b", c -> steps.get(0).await() + c.run("of b", String.class, () -> "b"));
            String all = RestatePromise.allSettled(steps).await().size() + ctx.run("of h", String.class, () -> "h");
            return all + branch.await();
        }),
        BRANCH_CANCELS_ANOTHER((ctx, nothing) -> {
            RestatePromise<String> step = ctx.runAsync("step", String.class, () -> "done");
            Branch<String> one = ctx.fork("one", c -> step.await() + c.run("one", String.class, () -> "1"));
            Branch<String> two = ctx.fork("two", c -> {
                String result = c.run("two", String.class, () -> "2");
                one.cancel();
                return result;
            });
            return two.await() + one.recover(failed -> "" + failed.getMessage()).await() + step.await();
        }),
        LOSERS((ctx, nothing) -> RestatePromise.race(
                        ctx.call(Target.service("Other", "a"), "x", String.class),
                        ctx.call(Target.service("Other", "b"), "x", String.class),
                        ctx.runAsync("c", String.class, () -> "c"))
                .cancelLosers()
                .await()),
        SCOPE((ctx, nothing) -> {
            try (var scope = ctx.scope(Scope.Joiner.<String>anySuccessfulOrThrow())) {
                scope.fork(
                        "one",
                        c -> c.run("one", String.class, () -> "1") + c.run("more of one", String.class, () -> "1"));
                scope.fork("two", c -> c.run("two", String.class, () -> "2"));
                return scope.join();
            }
        }),
        QUORUM((ctx, nothing) -> {
            List<RestatePromise<String>> steps = new ArrayList<>(steps(ctx, 3));
            steps.add(failing(ctx, "one"));
            var quorum = RestatePromise.atLeast(2, steps).cancelLosers().await();
            return quorum.values() + " " + quorum.failures().size();
        }),
        HEDGE((ctx, nothing) -> ctx.hedge(
                "hedged",
                Duration.ofSeconds(1),
                2,
                c -> c.run("first", String.class, () -> "1") + c.run("second", String.class, () -> "2"))),
        MAP((ctx, nothing) -> ctx.mapConcurrent(
                        List.of("a", "b", "c"), 2, (c, item) -> c.run("step " + item, String.class, () -> item))
                .toString()),
        SAGA((ctx, nothing) -> ctx.saga(saga -> {
            for (RestatePromise<String> next : RestatePromise.asCompleted(steps(ctx, 2))) {
                saga.step("do " + next.await(), () -> {}, () -> {});
            }
            throw new TerminalException("undone");
        })),
        THEN((ctx, nothing) -> {
            List<RestatePromise<String>> chained = steps(ctx, 3).stream()
                    .map(step -> step.then(value -> ctx.runAsync("after " + value, String.class, () -> value + "!")))
                    .toList();
            return RestatePromise.race(chained.subList(0, 2)).await()
                    + chained.get(2).await();
        }),
        FAILURES_NOBODY_LOOKS_AT((ctx, nothing) -> {
            failing(ctx, "one").isSettled();
            failing(ctx, "two").isSettled();
            return ctx.run("step", String.class, () -> "done");
        }),
        SIGNALS((ctx, nothing) -> {
            Branch<String> one = ctx.fork(
                    "one",
                    c -> c.run("one", String.class, () -> "1")
                            + c.signal("go", String.class).await());
            Branch<String> two = ctx.fork(
                    "two",
                    c -> c.run("two", String.class, () -> "2")
                            + c.signal("go", String.class).await());
            return one.await()
                    + two.await()
                    + ctx.awakeable(String.class).promise().await();
        }),
        STATE((ctx, nothing) -> {
            Branch<String> one = ctx.fork("one", c -> note(c, "one"));
            Branch<String> two = ctx.fork("two", c -> note(c, "two"));
            return one.await() + two.await();
        });

        private final Code<ObjectContext, Void, String> code;

        Program(Code<ObjectContext, Void, String> code) {
            this.code = code;
        }

        private static List<RestatePromise<String>> steps(Context ctx, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> ctx.runAsync("step " + i, String.class, () -> "s" + i))
                    .toList();
        }

        private static RestatePromise<String> failing(Context ctx, String name) {
            return ctx.runAsync("failing " + name, String.class, () -> {
                throw new TerminalException(name);
            });
        }

        private static String note(ObjectContext ctx, String what) {
            String before = ctx.get(SEEN).orElse("");
            ctx.run("note " + what, () -> {});
            ctx.set(SEEN, before + what);
            return before;
        }
    }

    /** What came out of all orders. */
    private record Outcomes(Set<String> endings, Set<String> commands, int orders) {}

    private static Outcomes outcomes(Orders orders) {
        Set<String> endings = new TreeSet<>();
        Set<String> commands = new TreeSet<>();
        OrdersReport report = orders.max(200_000).explore(course -> {
            endings.add(course.ending());
            commands.add(course.commands().toString());
        });
        assertThat(report.exhausted()).isTrue();
        return new Outcomes(endings, commands, report.orders());
    }

    private static void assertNothingIsLost(Supplier<Orders> orders) {
        Outcomes all = outcomes(orders.get().everyOrder());
        Outcomes some = outcomes(orders.get());

        assertThat(some.endings()).isEqualTo(all.endings());
        assertThat(some.commands()).isEqualTo(all.commands());
        assertThat(some.orders()).isLessThanOrEqualTo(all.orders());
    }

    private static Orders orders(Program program) {
        Orders orders = orders(program.code);
        return program == Program.SIGNALS
                ? orders.signal("go", "first").signal("go", "second").awakeable("awoken")
                : orders;
    }

    private static Orders orders(Code<ObjectContext, Void, String> code) {
        return Orders.of(ServiceDefinition.object("Tested")
                        .handler("run", Void.class, String.class, code)
                        .build())
                .calls(call -> "called " + call.target().handler())
                .crashes(false)
                .faults(0);
    }

    @ParameterizedTest
    @EnumSource
    void reduction_program_losesNoOutcome(Program program) {
        assertNothingIsLost(() -> orders(program));
    }

    @ParameterizedTest
    @EnumSource
    void reduction_isolatedProgram_losesNoOutcome(Program program) {
        assertNothingIsLost(() -> orders(program).isolated());
    }

    /** More of them: {@code -Dsurefire.argLine=-Drandom.orders=5000}. */
    private static final int RANDOM_PROGRAMS = Integer.getInteger("random.orders", 50);

    @Test
    void reduction_randomPrograms_loseNoOutcome() {
        LongStream.range(0, RANDOM_PROGRAMS).forEach(seed -> {
            try {
                assertNothingIsLost(() -> orders((ctx, nothing) -> new RandomTask(seed, 0).run(ctx))
                        .isolated());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        });
    }

    /**
     * A task drawn from a seed, which has its promises and what it has seen for itself; its branches are such tasks.
     */
    private static final class RandomTask {
        private final Random random;
        private final long seed;
        private final int depth;
        private final List<RestatePromise<String>> promises = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();

        RandomTask(long seed, int depth) {
            this.random = new Random(seed);
            this.seed = seed;
            this.depth = depth;
        }

        String run(Context ctx) {
            int statements = depth == 0 ? 6 : 2;
            for (int i = 0; i < statements; i++) {
                next(ctx, i);
            }
            if (depth == 0) {
                for (RestatePromise<String> promise : List.copyOf(promises)) {
                    await(promise);
                }
            }
            return seen.toString();
        }

        private void next(Context ctx, int number) {
            String name = depth + "." + number;
            switch (random.nextInt(depth == 0 ? 10 : 6)) {
                case 0 -> await(ctx.runAsync("step " + name + seen, String.class, () -> name));
                case 1 -> promises.add(ctx.runAsync("run " + name, String.class, () -> name));
                case 2 ->
                    promises.add(ctx.runAsync("failing " + name, String.class, () -> {
                        throw new TerminalException(name);
                    }));
                case 3 -> chosen().forEach(this::await);
                case 4 -> chosen().forEach(promise -> seen.add("settled " + promise.isSettled()));
                case 5 -> combine(ctx, name);
                default -> {
                    long branch = seed * 31 + number;
                    promises.add(ctx.fork(name, c -> new RandomTask(branch, depth + 1).run(c)));
                }
            }
        }

        private List<RestatePromise<String>> chosen() {
            return promises.isEmpty() ? List.of() : List.of(promises.get(random.nextInt(promises.size())));
        }

        private void combine(Context ctx, String name) {
            List<RestatePromise<String>> all = List.copyOf(promises);
            promises.add(
                    switch (random.nextInt(8)) {
                        case 0 ->
                            RestatePromise.race(all.isEmpty() ? List.of(RestatePromise.resolve(name)) : all)
                                    .map(value -> "race " + value);
                        case 1 -> RestatePromise.any(all).recover(failed -> "any failed");
                        case 2 -> RestatePromise.all(all).map(List::toString);
                        case 3 -> RestatePromise.allSettled(all).map(settled -> "all of " + settled.size());
                        case 4 ->
                            RestatePromise.waitCompleted(all.size() / 2, all)
                                    .map(some -> some.pending().size() + " pending of "
                                            + some.done().stream()
                                                    .map(all::indexOf)
                                                    .toList());
                        case 5 ->
                            all.isEmpty()
                                    ? RestatePromise.resolve(name)
                                    : all.getFirst()
                                            .then(value ->
                                                    ctx.runAsync("then " + name, String.class, () -> value + "?"));
                        case 6 ->
                            RestatePromise.atLeast((all.size() + 1) / 2, all)
                                    .map(quorum -> "quorum " + quorum.values())
                                    .recover(failed -> "no quorum");
                        default ->
                            all.isEmpty()
                                    ? RestatePromise.resolve(name)
                                    : all.getLast()
                                            .map(value -> value + ctx.run("map " + name, String.class, () -> "!"));
                    });
        }

        private void await(RestatePromise<String> promise) {
            try {
                seen.add(promise.await());
            } catch (TerminalException failed) {
                seen.add("failed " + failed.getMessage());
            }
        }
    }
}
