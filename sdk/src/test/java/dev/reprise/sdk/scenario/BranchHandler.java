package dev.reprise.sdk.scenario;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Choice;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.scenario.BranchProgram.Block;
import dev.reprise.sdk.scenario.BranchProgram.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link BranchProgram} as a handler. All its tasks share what they begin. */
final class BranchHandler {
    private final List<RestatePromise<String>> promises = new ArrayList<>();

    String run(Context ctx, String task, Block block) {
        List<String> seen = new ArrayList<>();
        for (Statement statement : block.statements()) {
            execute(ctx, task, statement, seen);
        }
        return task + seen;
    }

    private void execute(Context ctx, String task, Statement statement, List<String> seen) {
        switch (statement) {
            case Statement.Step(int number) -> tell(ctx, seen, task + " step " + number);
            case Statement.Draw() ->
                tell(ctx, seen, task + " drew " + ctx.random().nextInt(1000));
            case Statement.Begin(BranchProgram.Kind kind, int number) -> promises.add(begin(ctx, kind, task + number));
            case Statement.Fork(int number, Block body) -> {
                String name = task + "/" + number;
                promises.add(ctx.fork(name, c -> run(c, name, body)));
            }
            case Statement.Await(int which) when !promises.isEmpty() -> await(ctx, task, chosen(which), seen);
            case Statement.Cancel(int which)
            when !promises.isEmpty() -> chosen(which).cancel();
            case Statement.Ask(int which)
            when !promises.isEmpty() ->
                tell(ctx, seen, task + " settled " + chosen(which).isSettled());
            case Statement.Combine combine when !promises.isEmpty() -> promises.add(combine(combine));
            case Statement.Map(int which, int number, boolean waits)
            when !promises.isEmpty() ->
                promises.add(chosen(which).map(value -> {
                    RestatePromise<String> run = ctx.runAsync(task + " map " + number, String.class, () -> "!");
                    return value + (waits ? run.await() : "!");
                }));
            case Statement.Then(int which, int number)
            when !promises.isEmpty() ->
                promises.add(chosen(which)
                        .then(value -> ctx.runAsync(task + " then " + number, String.class, () -> value + "?")));
            case Statement.Several several -> several(ctx, task, several, seen);
            case Statement.Fail() -> throw new TerminalException(418, task + " failed");
            default -> {}
        }
    }

    private void several(Context ctx, String task, Statement.Several several, List<String> seen) {
        String what;
        try {
            what = outcome(ctx, task, several);
        } catch (CancelledException e) {
            what = "cancelled";
        } catch (TerminalException e) {
            what = "failed " + e.getMessage();
        } catch (IllegalStateException e) {
            what = "refused " + e.getMessage();
        }
        tell(ctx, seen, task + " " + several.head() + " " + what);
    }

    private String outcome(Context ctx, String task, Statement.Several several) {
        return switch (several) {
            case Statement.Scoped scoped -> scope(ctx, task, scoped);
            case Statement.MapItems(int items, int limit, boolean settled, List<Block> bodies) -> {
                List<Integer> all = IntStream.range(0, items).boxed().toList();
                yield settled
                        ? ctx
                                .mapConcurrentSettled(
                                        all, limit, (c, item) -> run(c, task + "/item" + item, bodies.getFirst()))
                                .stream()
                                .map(ending -> ending.getClass().getSimpleName())
                                .toList()
                                .toString()
                        : ctx.mapConcurrent(all, limit, (c, item) -> run(c, task + "/item" + item, bodies.getFirst()))
                                .toString();
            }
            case Statement.Hedged(int copies, List<Block> bodies) ->
                ctx.hedge("hedge", Duration.ofSeconds(1), copies, c -> run(c, task + "/copy", bodies.getFirst()));
            case Statement.Retried(int tries, List<Block> bodies) ->
                ctx.retry(
                        "retry",
                        RetryPolicy.fixed(Duration.ofSeconds(1)).withMaxAttempts(tries),
                        c -> run(c, task + "/try", bodies.getFirst()));
            case Statement.Undone(int number, List<Block> bodies) -> saga(ctx, task, number, bodies.getFirst());
        };
    }

    private String saga(Context ctx, String task, int number, Block body) {
        try {
            return ctx.saga(saga -> {
                saga.step(task + " do " + number, () -> {}, () -> {});
                String seen = run(ctx, task, body);
                saga.step(task + " do more " + number, () -> {}, () -> {});
                return seen;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String scope(Context ctx, String task, Statement.Scoped scoped) {
        Scope.Joiner<String, ?> joiner = switch (scoped.joining()) {
            case ALL -> Scope.Joiner.<String>allSuccessfulOrThrow();
            case ANY -> Scope.Joiner.<String>anySuccessfulOrThrow();
            case AWAIT_ALL -> Scope.Joiner.<String>awaitAll();
            case UNTIL_FAILED -> Scope.Joiner.<String>allUntil(branch -> branch.state() == Branch.State.FAILED);
        };
        try (var scope = ctx.scope(joiner)) {
            if (scoped.timed()) {
                scope.withTimeout(Duration.ofSeconds(1));
            }
            for (int i = 0; i < scoped.bodies().size(); i++) {
                String name = task + "/s" + i;
                Block body = scoped.bodies().get(i);
                promises.add(scope.fork(name, c -> run(c, name, body)));
            }
            Object joined = scope.join();
            return joined instanceof List<?> list ? list.size() + " joined" : String.valueOf(joined);
        }
    }

    private RestatePromise<String> chosen(int which) {
        return promises.get(which % promises.size());
    }

    /** What is recorded is named after what was seen, so that seeing something else is another command. */
    private static void tell(Context ctx, List<String> seen, String what) {
        seen.add(what);
        try {
            ctx.run(what, () -> {});
        } catch (CancelledException e) {
            seen.add("cancelled while telling");
        }
    }

    private static void await(Context ctx, String task, RestatePromise<String> promise, List<String> seen) {
        String what;
        try {
            what = promise.await();
        } catch (CancelledException e) {
            what = "cancelled";
        } catch (TerminalException e) {
            what = "failed " + e.getMessage();
        } catch (IllegalStateException e) {
            what = "refused " + e.getMessage();
        }
        tell(ctx, seen, task + " saw " + what);
    }

    private static RestatePromise<String> begin(Context ctx, BranchProgram.Kind kind, String name) {
        return switch (kind) {
            case RUN ->
                ctx.runAsync("run " + name, String.class, step -> {
                    if (name.length() % 5 == 0 && step.attempt() <= 2) {
                        throw new IllegalStateException("fails at first");
                    }
                    return "ran " + name;
                });
            case FAILING_RUN ->
                ctx.runAsync("run " + name, String.class, () -> {
                    throw new TerminalException("run " + name);
                });
            case TIMER -> ctx.timer(Duration.ofSeconds(1)).map(nothing -> "slept " + name);
            case CALL -> ctx.call(Target.service("Other", "work"), name, String.class);
            case FAILING_CALL -> ctx.call(Target.service("Other", "fail"), name, String.class);
            case AWAKEABLE -> ctx.awakeable(String.class).promise();
            case SIGNAL -> ctx.signal("named", String.class);
        };
    }

    private RestatePromise<String> combine(Statement.Combine combine) {
        List<RestatePromise<String>> children =
                combine.which().stream().map(this::chosen).toList();
        return switch (combine.how()) {
            case ALL -> RestatePromise.all(children).map(String::valueOf);
            case ALL_SETTLED -> RestatePromise.allSettled(children).map(all -> all.size() + " settled");
            case RACE -> losing(RestatePromise.race(children), combine);
            case ANY -> losing(RestatePromise.any(children), combine);
            case AT_LEAST ->
                losing(RestatePromise.majority(children), combine)
                        .map(quorum -> quorum.values().size() + " of " + children.size());
            case TIMEOUT -> children.getFirst().orTimeout(Duration.ofSeconds(1));
        };
    }

    private static <T> RestatePromise<T> losing(Choice<T> choice, Statement.Combine combine) {
        return combine.cancelsLosers() ? choice.cancelLosers() : choice;
    }
}
