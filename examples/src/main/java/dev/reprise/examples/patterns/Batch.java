package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/** Works through a list with at most three steps at a time. */
@Service
public class Batch {
    private static final int AT_ONCE = 3;

    private final AtomicInteger underWay = new AtomicInteger();

    /** The squares of the numbers, in their order. */
    @Handler
    public List<Integer> squares(Context ctx, List<Integer> numbers) {
        List<RestatePromise<Integer>> all = new ArrayList<>();
        for (int number : numbers) {
            if (all.size() >= AT_ONCE) {
                all.get(all.size() - AT_ONCE).await();
            }
            all.add(ctx.runAsync("square " + number, Integer.class, () -> square(ctx.logger(), number)));
        }
        return RestatePromise.all(all).await();
    }

    private int square(Logger log, int number) throws InterruptedException {
        log.info("square {} begins, {} under way", number, underWay.incrementAndGet());
        Thread.sleep(50 + 50 * (number % 3)); // as if it were work
        log.info("square {} ends", number);
        underWay.decrementAndGet();
        return number * number;
    }
}
