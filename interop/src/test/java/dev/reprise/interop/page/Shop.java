package dev.reprise.interop.page;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Services to look at: each handler leaves an invocation of another kind. */
final class Shop {
    static final String MARKUP = "<script>hacked=1</script>";

    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);
    private static final Duration SLOW = Duration.ofMillis(1_500);
    private static final Duration FAST = Duration.ofMillis(150);

    private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();

    ServiceDefinition service() {
        return ServiceDefinition.service("Shop")
                .handler("race", String.class, String.class, Shop::race)
                .handler("order", String.class, String.class, Shop::order)
                .handler("pay", String.class, String.class, Shop::pay)
                .handler("many", Integer.class, Integer.class, Shop::many)
                .handler("approve", String.class, String.class, Shop::approve)
                .handler("flaky", String.class, String.class, Shop::flaky)
                .handler("refuse", String.class, String.class, Shop::refuse)
                .handler("changed", String.class, String.class, this::changed)
                .handler("echo", String.class, String.class, (ctx, text) -> text)
                .build();
    }

    ServiceDefinition object() {
        return ServiceDefinition.object("Counter")
                .handler("add", Integer.class, Integer.class, Shop::add)
                .handler("hold", Integer.class, Integer.class, Shop::hold)
                .build();
    }

    private static String answer(String who, Duration after) {
        LockSupport.parkNanos(after.toNanos());
        return who;
    }

    /** The first of two answers, within a minute. */
    private static String race(Context ctx, String question) {
        var slow = ctx.runAsync("ask slow", String.class, () -> answer("slow " + question, SLOW));
        var fast = ctx.runAsync("ask fast", String.class, () -> answer("fast " + question, FAST));
        String first =
                RestatePromise.any(slow, fast).orTimeout(Duration.ofMinutes(1)).await();
        ctx.sleep(SLOW);
        return first;
    }

    private static String order(Context ctx, String item) {
        var price = ctx.runAsync("price", String.class, () -> answer("12", FAST));
        var stock = ctx.runAsync("stock", String.class, () -> answer("3", SLOW));
        RestatePromise.all(List.of(price, stock)).await();
        return ctx.call(Target.service("Shop", "pay"), item, String.class).await();
    }

    private static String pay(Context ctx, String item) {
        return ctx.run("charge", String.class, () -> answer("paid " + item, FAST));
    }

    private static Integer many(Context ctx, Integer n) {
        List<RestatePromise<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int part = i;
            parts.add(ctx.runAsync("part " + i, Integer.class, () -> part));
        }
        return RestatePromise.all(parts).await().size();
    }

    private static String approve(Context ctx, String what) {
        var approval = ctx.awakeable(String.class);
        return RestatePromise.any(
                        approval.promise(), ctx.timer(Duration.ofDays(30)).map(_ -> "too late"))
                .await();
    }

    private static String flaky(Context ctx, String text) {
        return ctx.run("talk to " + MARKUP, String.class, () -> {
            throw new IllegalStateException("the gateway said " + MARKUP);
        });
    }

    private static String refuse(Context ctx, String what) {
        throw new TerminalException(400, "there is no " + what);
    }

    /** Does something else when it is run again. */
    private String changed(Context ctx, String what) {
        if (failedOnce.add(what)) {
            ctx.run("before", String.class, () -> "done");
            throw new IllegalStateException("once more");
        }
        ctx.sleep(Duration.ofMinutes(1));
        return what;
    }

    private static Integer add(ObjectContext ctx, Integer n) {
        int sum = ctx.get(COUNT).orElse(0) + n;
        ctx.set(COUNT, sum);
        return sum;
    }

    private static Integer hold(ObjectContext ctx, Integer minutes) {
        ctx.sleep(Duration.ofMinutes(minutes));
        return minutes;
    }
}
