package dev.reprise.examples.guides;

import dev.reprise.sdk.Choice;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** The handlers with quorums, hedges, maps and retries that {@code docs/concurrent-tasks.md} shows. */
@Service
public class ManyTasks {
    /** Waits until more than half have agreed. */
    @Handler
    public String majority(Context ctx) {
        List<RestatePromise<String>> replicas = List.of(
                ctx.runAsync("write to a", String.class, () -> "a"),
                ctx.runAsync("write to b", String.class, () -> "b"),
                ctx.signal("written to c", String.class));

        Choice.Quorum<String> most =
                RestatePromise.majority(replicas).cancelLosers().await();
        return most.values().size() + " have it, given up: " + most.pending().size();
    }

    /** Asks again when it takes too long. */
    @Handler
    public String hedged(Context ctx, String city) {
        return ctx.hedge(
                "forecast",
                Duration.ofSeconds(2),
                3,
                c -> c.service(ManyTasks.class).call(ManyTasks::forecast, city).await());
    }

    /** Takes its time. */
    @Handler
    public String forecast(Context ctx, String city) {
        ctx.sleep(Duration.ofSeconds(3));
        return ctx.run("look", String.class, () -> Remote.forecast(city));
    }

    /** Several steps for each of many items. */
    @Handler
    public List<String> shipAll(Context ctx, List<Integer> orders) {
        return ctx.mapConcurrent(orders, 5, (c, order) -> {
            String label = c.run("label " + order, String.class, () -> "parcel " + order);
            c.sleep(Duration.ofMinutes(10)); // until it is packed
            return c.run("ship " + order, String.class, () -> label + " is on its way");
        });
    }

    /** How each of many items ended. */
    @Handler
    public long failures(Context ctx, List<String> cities) {
        return ctx
                .mapConcurrentSettled(cities, 2, (c, city) -> {
                    return c.run("ask " + city, String.class, () -> Remote.forecast(city));
                })
                .stream()
                .filter(end -> end instanceof Settled.Rejected<String>)
                .count();
    }

    /** Several steps that are done again as a whole. */
    @Handler
    public String reserve(Context ctx, List<String> cities) {
        Iterator<String> next = cities.iterator();
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMinutes(1)).withMaxAttempts(cities.size());
        return ctx.retry("reserve", policy, c -> {
            String city = next.next();
            String weather = c.run("look at " + city, String.class, () -> Remote.forecast(city));
            return c.run("reserve in " + city, String.class, () -> city + ", " + weather);
        });
    }
}
