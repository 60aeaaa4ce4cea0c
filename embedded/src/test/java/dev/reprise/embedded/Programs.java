package dev.reprise.embedded;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.handler.ServiceBuilder;
import dev.reprise.sdk.handler.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Handlers that use every way to combine promises, and whose results do not depend on timing. */
final class Programs {
    static final String SERVICE = "Programs";

    private interface Program {
        String run(Steps steps, int size);
    }

    /** The context, and runs that note that they were executed. */
    private record Steps(Context ctx, Consumer<String> executed) {
        RestatePromise<String> ok(String name) {
            return ctx.run(name, String.class, () -> {
                executed.accept(ctx.request().invocationId() + " " + name);
                return name;
            });
        }

        RestatePromise<String> fails(String name) {
            return ctx.run(name, String.class, () -> {
                executed.accept(ctx.request().invocationId() + " " + name);
                throw new TerminalException(409, name + " failed");
            });
        }

        RestatePromise<String> never() {
            return ctx.awakeable(String.class).promise();
        }

        List<RestatePromise<String>> many(String prefix, int size) {
            List<RestatePromise<String>> runs = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                runs.add(ok(prefix + i));
            }
            return runs;
        }
    }

    private static final Map<String, Program> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("sequence", (steps, size) -> {
                StringBuilder result = new StringBuilder();
                for (int i = 0; i < size; i++) {
                    result.append(steps.ok("s" + i).await());
                }
                return result.toString();
            }),
            Map.entry(
                    "all",
                    (steps, size) -> String.join(
                            ",", RestatePromise.all(steps.many("a", size)).await())),
            Map.entry(
                    "allRejected",
                    (steps, size) -> RestatePromise.all(List.of(steps.never(), steps.fails("bad")))
                            .map(List::toString)
                            .recover(TerminalException::getMessage)
                            .await()),
            Map.entry(
                    "any",
                    (steps, size) -> RestatePromise.any(steps.fails("bad"), steps.never(), steps.ok("good"))
                            .await()),
            Map.entry(
                    "race",
                    (steps, size) ->
                            RestatePromise.race(steps.never(), steps.ok("fast")).await()),
            Map.entry(
                    "timeout",
                    (steps, size) -> steps.never()
                            .orTimeout(Duration.ofMillis(5))
                            .recover(late -> "late")
                            .await()),
            Map.entry(
                    "allSettled",
                    (steps, size) ->
                            RestatePromise.allSettled(steps.ok("x"), steps.fails("y"), steps.ok("z")).await().stream()
                                    .map(settled -> settled instanceof Settled.Rejected<String> ? "no" : "yes")
                                    .toList()
                                    .toString()),
            Map.entry(
                    "select",
                    (steps, size) -> RestatePromise.select(
                                    RestatePromise.when(steps.never(), value -> "first " + value),
                                    RestatePromise.when(steps.ok("b"), value -> "second " + value))
                            .await()),
            Map.entry("asCompleted", (steps, size) -> {
                int count = 0;
                for (RestatePromise<String> done : RestatePromise.asCompleted(steps.many("c", size))) {
                    count += done.await().length();
                }
                return "" + count;
            }),
            Map.entry("waitCompleted", (steps, size) -> {
                List<RestatePromise<String>> some = new ArrayList<>(steps.many("w", 1));
                some.add(steps.never());
                return RestatePromise.waitCompleted(1, some).await().pending().size() + " pending";
            }),
            Map.entry(
                    "nested",
                    (steps, size) -> RestatePromise.all(
                                    RestatePromise.any(
                                            steps.fails("bad"), RestatePromise.race(steps.never(), steps.ok("good"))),
                                    RestatePromise.all(steps.many("n", size)).map(List::size))
                            .map((first, second) -> first + second)
                            .await()),
            Map.entry("sharedTwice", (steps, size) -> {
                RestatePromise<String> shared = steps.ok("shared");
                String first = RestatePromise.race(shared, steps.never()).await();
                return first
                        + RestatePromise.all(shared, shared)
                                .map((a, b) -> a + b)
                                .await()
                        + shared.await();
            }),
            Map.entry(
                    "calls",
                    (steps, size) -> RestatePromise.all(
                                    steps.ctx().call(Target.service(SERVICE, "all"), size, String.class),
                                    steps.ctx().call(Target.service(SERVICE, "any"), size, String.class))
                            .map((first, second) -> first + second)
                            .await()),
            Map.entry("awakeable", (steps, size) -> {
                Awakeable<String> own = steps.ctx().awakeable(String.class);
                steps.ok("before").await();
                steps.ctx().awakeableHandle(own.id()).resolve("resolved");
                return own.await();
            }),
            Map.entry("sleep", (steps, size) -> {
                RestatePromise.all(steps.ctx().sleep(Duration.ofMillis(3)), steps.ok("beside"))
                        .await();
                return "slept " + steps.ctx().uuid().version();
            })));

    private Programs() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static ServiceDefinition service(Consumer<String> executed) {
        ServiceBuilder.OfService builder = ServiceDefinition.service(SERVICE);
        ALL.forEach((name, program) -> builder.handler(
                name, Integer.class, String.class, (ctx, size) -> program.run(new Steps(ctx, executed), size)));
        return builder.build();
    }
}
