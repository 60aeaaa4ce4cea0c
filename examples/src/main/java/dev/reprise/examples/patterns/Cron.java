package dev.reprise.examples.patterns;

import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import java.time.Duration;

/** A job that comes again and again: each run sends the next one. The key is the job's name. */
@VirtualObject
public class Cron {
    private static final StateKey<Duration> PERIOD = StateKey.of("period", Duration.class);
    private static final StateKey<String> NEXT = StateKey.of("next", String.class);
    private static final StateKey<Integer> RUNS = StateKey.of("runs", Integer.class);

    /** Begins to run the job, at once and then in every period; if it is running, it goes on with the new one. */
    @Handler
    public void start(ObjectContext ctx, Duration period) {
        stop(ctx);
        ctx.set(PERIOD, period);
        next(ctx, Duration.ZERO);
    }

    /** Does the job once, and sends the next run. */
    @Handler
    public void tick(ObjectContext ctx) {
        int run = ctx.get(RUNS).orElse(0) + 1;
        ctx.logger().info("run {} of {}", run, ctx.key());
        ctx.set(RUNS, run);
        ctx.get(PERIOD).ifPresent(period -> next(ctx, period));
    }

    /** Ends it: the run that was sent for later is cancelled. */
    @Handler
    public void stop(ObjectContext ctx) {
        ctx.get(NEXT).ifPresent(next -> ctx.invocation(next).cancel());
        ctx.clear(NEXT);
        ctx.clear(PERIOD);
    }

    /** How often it has run. */
    @Shared
    public int runs(SharedObjectContext ctx) {
        return ctx.get(RUNS).orElse(0);
    }

    private static void next(ObjectContext ctx, Duration delay) {
        var sent = ctx.object(Cron.class, ctx.key()).send(Cron::tick, SendOptions.delay(delay));
        ctx.set(NEXT, sent.invocationId());
    }
}
