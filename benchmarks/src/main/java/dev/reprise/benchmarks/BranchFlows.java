package dev.reprise.benchmarks;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What branches cost beside the same work without them, by turns: a step in a branch and in the handler, and many
 * branches of ten steps beside as many steps at once.
 */
@SuppressWarnings("SystemOut") // a program's output
final class BranchFlows {
    private static final String SERVICE = "Branches";
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 3;
    private static final int STEPS = 5_000;
    private static final int BRANCHES = 1_000;
    private static final int STEPS_EACH = 10;
    private static final int LIMIT = 100;

    private BranchFlows() {}

    static ServiceDefinition service() {
        return ServiceDefinition.service(SERVICE)
                .handler("handler", Integer.class, Integer.class, BranchFlows::steps)
                .handler(
                        "branch",
                        Integer.class,
                        Integer.class,
                        (ctx, steps) -> ctx.fork("one", c -> steps(c, steps)).await())
                .handler("atOnce", Integer.class, Integer.class, (ctx, steps) -> {
                    List<RestatePromise<Integer>> runs = new ArrayList<>();
                    for (int i = 0; i < steps; i++) {
                        runs.add(ctx.runAsync("step", Integer.class, () -> 1));
                    }
                    return RestatePromise.all(runs).await().size();
                })
                .handler("branches", Integer.class, Integer.class, (ctx, steps) -> {
                    try (var scope = ctx.scope(Joiner.<Integer>allSuccessfulOrThrow())) {
                        for (int i = 0; i < steps / STEPS_EACH; i++) {
                            scope.fork("branch", c -> steps(c, STEPS_EACH));
                        }
                        return scope.join().stream().mapToInt(Integer::intValue).sum();
                    }
                })
                .handler(
                        "map",
                        Integer.class,
                        Integer.class,
                        (ctx, steps) -> ctx.mapConcurrent(
                                        IntStream.range(0, steps).boxed().toList(),
                                        LIMIT,
                                        (c, item) -> c.run("step", Integer.class, () -> 1))
                                .size())
                .build();
    }

    private static int steps(Context ctx, int steps) {
        int sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += ctx.run("step", Integer.class, () -> 1);
        }
        return sum;
    }

    /** Compares by turns. */
    static void measure(Reprise reprise) {
        compare(reprise, STEPS, "a step in a branch beside one in the handler", "branch", "handler");
        int many = BRANCHES * STEPS_EACH;
        compare(
                reprise,
                many,
                BRANCHES + " branches of " + STEPS_EACH + " steps beside as many at once",
                "branches",
                "atOnce");
        compare(reprise, many, "a map, " + LIMIT + " items at a time, beside as many steps at once", "map", "atOnce");
    }

    private static void compare(Reprise reprise, int steps, String what, String one, String other) {
        double[] ratios = new double[ROUNDS];
        long[] nanos = new long[2];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long first = time(reprise, one, steps);
            long second = time(reprise, other, steps);
            if (round >= 0) {
                ratios[round] = (double) first / second;
                nanos[0] += first;
                nanos[1] += second;
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%s: %.2f times (%.2f to %.2f in %d rounds), %.1f and %.1f us a step%n",
                what,
                ratios[ROUNDS / 2],
                ratios[0],
                ratios[ROUNDS - 1],
                ROUNDS,
                nanos[0] / 1e3 / ROUNDS / steps,
                nanos[1] / 1e3 / ROUNDS / steps);
    }

    private static long time(Reprise reprise, String handler, int steps) {
        long start = System.nanoTime();
        int done = reprise.client().call(Target.service(SERVICE, handler), steps, Integer.class);
        if (done != steps) {
            throw new IllegalStateException("expected " + steps + " steps, found " + done);
        }
        return System.nanoTime() - start;
    }
}
