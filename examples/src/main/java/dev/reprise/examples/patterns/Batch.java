package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.ArrayList;
import java.util.List;

/** Works through a list with at most three steps at a time. */
@Service
public class Batch {
    private static final int AT_ONCE = 3;

    /** The squares of the numbers, in their order. */
    @Handler
    public List<Integer> squares(Context ctx, List<Integer> numbers) {
        List<RestatePromise<Integer>> all = new ArrayList<>();
        for (int number : numbers) {
            if (all.size() >= AT_ONCE) {
                all.get(all.size() - AT_ONCE).await();
            }
            all.add(ctx.run("square " + number, Integer.class, () -> number * number));
        }
        return RestatePromise.all(all).await();
    }
}
