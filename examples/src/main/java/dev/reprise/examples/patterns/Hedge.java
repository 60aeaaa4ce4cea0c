package dev.reprise.examples.patterns;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks once more when an answer takes too long, takes the first that comes, and cancels the other question. */
@Service
public class Hedge {
    /** An answer; the question is asked up to three times, a second apart. */
    @Handler
    public String ask(Context ctx, String question) {
        AtomicInteger asked = new AtomicInteger(); // of a handler and its branches one runs at a time
        return ctx.hedge("ask", Duration.ofSeconds(1), 3, c -> {
            int copy = asked.incrementAndGet();
            c.logger().info("copy {} asks: {}", copy, question);
            return c.service(Hedge.class).call(Hedge::answer, copy).await();
        });
    }

    /** Takes a minute for the first copy, and half a second for the others. */
    @Handler
    public String answer(Context ctx, int copy) {
        try {
            ctx.sleep(Duration.ofMillis(copy == 1 ? 60_000 : 500));
        } catch (CancelledException e) {
            ctx.logger().info("copy {} is cancelled: nobody needs its answer any more", copy);
            throw e;
        }
        return "answered to copy " + copy;
    }
}
