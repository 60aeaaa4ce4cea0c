package dev.reprise.embedded;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Handlers that use everything there is to await, and whose results do not depend on timing. */
final class Programs {
    static final String SERVICE = "Programs";

    private interface Program {
        String run(Steps steps, int size);
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
                RestatePromise.all(steps.ctx().timer(Duration.ofMillis(3)), steps.ok("beside"))
                        .await();
                return "slept " + steps.ctx().uuid().version();
            }),
            Map.entry("awaitLimited", (steps, size) -> {
                String inTime = steps.ok("in time").await(Duration.ofDays(1));
                try {
                    return inTime + steps.never().await(Duration.ofMillis(5));
                } catch (TimeoutException e) {
                    return inTime + ", then " + e.getMessage();
                }
            }),
            Map.entry(
                    "timeoutThatIsNotReached",
                    (steps, size) ->
                            steps.ok("in time").orTimeout(Duration.ofDays(1)).await()),
            Map.entry("objectQueue", (steps, size) -> {
                List<RestatePromise<String>> turns = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    turns.add(steps.ctx().call(Peers.box("queue", "add"), "" + i, String.class));
                }
                String inTurn = String.join(",", RestatePromise.all(turns).await());
                return inTurn
                        + steps.ctx()
                                .call(Peers.box("queue", "look"), "", String.class)
                                .await();
            }),
            Map.entry("sharedHandler", (steps, size) -> {
                CallPromise<String> held = steps.ctx().call(Peers.box("held", "hold"), "held", String.class);
                String holder = held.invocation().invocationId();
                String released = steps.ctx()
                        .call(Peers.box("held", "release"), holder, String.class)
                        .await();
                return released + ", " + held.await();
            }),
            Map.entry("state", (steps, size) -> rewriteTwice(steps, "rewrite")),
            Map.entry("stateThatIsAskedFor", (steps, size) -> rewriteTwice(steps, "rewriteLazily")),
            Map.entry("workflow", (steps, size) -> {
                RestatePromise<String> run = steps.ctx().call(Peers.flow("trip", "run"), "a trip", String.class);
                String approved = steps.ctx()
                        .call(Peers.flow("trip", "approve"), "Ada", String.class)
                        .await();
                return approved + "; " + run.await();
            }),
            Map.entry("signals", (steps, size) -> {
                Context ctx = steps.ctx();
                ctx.send(Peers.desk("tell"), ctx.request().invocationId());
                String second = ctx.signal("second", String.class).await();
                return ctx.signal("first", String.class).await() + " before " + second;
            }),
            Map.entry("cancelled", (steps, size) -> {
                Context ctx = steps.ctx();
                RestatePromise<String> booking =
                        ctx.call(Peers.desk("book"), ctx.request().invocationId(), String.class);
                ctx.invocation(ctx.signal("booked", String.class).await()).cancel();
                return booking.recover(failure -> failure.code() + " " + failure.getMessage())
                        .await();
            })));

    private Programs() {}

    private static String rewriteTwice(Steps steps, String handler) {
        String first = steps.ctx()
                .call(Peers.box("state", handler), "first", String.class)
                .await();
        String second = steps.ctx()
                .call(Peers.box("state", handler), "second", String.class)
                .await();
        return first + " " + second;
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The programs, and the services they call. */
    static List<ServiceDefinition> services(Consumer<String> executed) {
        ServiceBuilder.OfService builder = ServiceDefinition.service(SERVICE);
        ALL.forEach((name, program) -> builder.handler(
                name, Integer.class, String.class, (ctx, size) -> program.run(new Steps(ctx, executed), size)));
        List<ServiceDefinition> services = new ArrayList<>(Peers.all(executed));
        services.add(builder.build());
        return services;
    }
}
