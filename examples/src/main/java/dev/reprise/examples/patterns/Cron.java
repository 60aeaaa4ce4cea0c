package dev.reprise.examples.patterns;

import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import java.time.Duration;

/** A job that comes every hour: each run sends the next one. The key is the job's name. */
@VirtualObject
public class Cron {
    private static final StateKey<Integer> RUNS = StateKey.of("runs", Integer.class);

    /** Does the job once, and again in an hour. */
    @Handler
    public void tick(ObjectContext ctx) {
        ctx.set(RUNS, ctx.get(RUNS).orElse(0) + 1);
        ctx.object(Cron.class, ctx.key()).send(Cron::tick, SendOptions.delay(Duration.ofHours(1)));
    }

    /** How often it has run. */
    @Shared
    public int runs(SharedObjectContext ctx) {
        return ctx.get(RUNS).orElse(0);
    }
}
