package dev.reprise.examples.guides;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The handlers that {@code docs/determinism.md} shows. */
@Service
public class Determinism {
    /** Replays another command than it recorded. */
    @Handler
    public String wrong(Context ctx) {
        int seat = ThreadLocalRandom.current().nextInt(1_000_000);
        ctx.run("reserve seat " + seat, () -> {});
        ctx.sleep(Duration.ofDays(1));
        return "seat " + seat;
    }

    /** Takes chance and time from the context. */
    @Handler
    public String right(Context ctx) {
        int seat = ctx.random().nextInt(1_000_000);
        UUID ticket = ctx.uuid();
        Instant bookedAt = ctx.now();

        ctx.run("reserve seat " + seat, () -> {});
        ctx.sleep(Duration.ofDays(1));
        return "seat " + seat + ", ticket of version " + ticket.version()
                + (bookedAt.isBefore(ctx.now()) ? ", booked yesterday" : "");
    }

    /** Asks the outside in a step, and decides by what is recorded. */
    @Handler
    public String branch(Context ctx, int userId) {
        boolean isBusy = ctx.run("how busy is it", Boolean.class, () -> Remote.orders(userId) > 100);
        if (isBusy) {
            ctx.sleep(Duration.ofMinutes(10));
        }
        return "done";
    }

    /** Goes through a map in the order of its keys. */
    @Handler
    public List<String> inOrder(Context ctx, Map<String, Integer> cart) {
        List<RestatePromise<String>> packed = new ArrayList<>();
        new TreeMap<>(cart)
                .forEach((what, count) ->
                        packed.add(ctx.runAsync("pack " + what, String.class, () -> count + " " + what)));
        return RestatePromise.all(packed).await();
    }
}
