package dev.reprise.examples.guides;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.MDC;

/** The handlers with branches, and those that cancel, that {@code docs/concurrent-tasks.md} shows. */
@Service
public class Branches {
    private static final ThreadLocal<String> LOCAL = ThreadLocal.withInitial(() -> "nothing");
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    /** What a branch and the closure of a step find of what the handler's thread holds, and their mark in the log. */
    @Handler
    public String inherited(Context ctx) throws Exception {
        LOCAL.set("local");
        return ScopedValue.where(SCOPED, "scoped")
                .call(() -> ctx.fork(
                                "trip", c -> c.fork("flight", Branches::held).await())
                        .await());
    }

    private static String held(Context ctx) {
        return held() + ", " + ctx.run("look", String.class, () -> held());
    }

    private static String held() {
        return LOCAL.get() + " " + SCOPED.orElse("nothing") + " " + MDC.get("reprise.branch");
    }

    /** Two things that take several steps each, side by side. */
    @Handler
    public String prepare(Context ctx, String customer) {
        Branch<String> invoice = ctx.fork("invoice", c -> {
            int number = c.run("take a number", Integer.class, () -> 4711);
            c.sleep(Duration.ofDays(1)); // the customer may object
            return c.run("write invoice", String.class, () -> "invoice " + number);
        });
        Branch<String> parcel = ctx.fork("parcel", c -> {
            String box = c.run("pack", String.class, () -> "a box");
            return c.run("label", String.class, () -> box + " for " + customer);
        });

        return RestatePromise.all(invoice, parcel)
                .map((paper, box) -> paper + " and " + box)
                .await();
    }

    /** A list that branches share. */
    @Handler
    public List<String> shared(Context ctx) {
        List<String> order = new ArrayList<>();
        Branch<?> late = ctx.fork("late", c -> {
            c.sleep(Duration.ofHours(2));
            return order.add("late");
        });
        Branch<?> early = ctx.fork("early", c -> {
            c.sleep(Duration.ofHours(1));
            return order.add("early");
        });
        RestatePromise.all(late, early).map((_, _) -> "both").await();
        return order;
    }

    /** The first of two calls; the other is cancelled. */
    @Handler
    public String fastest(Context ctx) {
        RestatePromise<String> train = ctx.service(Branches.class).call(Branches::travel, 2);
        RestatePromise<String> ship = ctx.service(Branches.class).call(Branches::travel, 90);

        return RestatePromise.race(train, ship).cancelLosers().await();
    }

    /** Takes some days. */
    @Handler
    public String travel(Context ctx, int days) {
        ctx.sleep(Duration.ofDays(days));
        return "there after " + days + " days";
    }

    /** Gives up a branch, which puts things right. */
    @Handler
    public String giveUp(Context ctx) {
        Branch<String> search = ctx.fork("search", c -> {
            c.run("reserve", () -> Remote.RESERVED.set(true));
            try {
                return c.signal("found", String.class).await();
            } catch (CancelledException e) {
                c.run("release", () -> Remote.RESERVED.set(false));
                throw e;
            }
        });
        ctx.sleep(Duration.ofMinutes(5));
        search.cancel();
        try {
            return search.await();
        } catch (PromiseCancelledException e) {
            return "given up";
        }
    }

    /** Ends after what it has begun. */
    @Handler
    public String welcome(Context ctx, String name) {
        RestatePromise<?> _ = ctx.runAsync("send mail", () -> Remote.mail(name));
        return "welcome, " + name;
    }

    /** What is begun after something else, without waiting for it here. */
    @Handler
    public String then(Context ctx, int userId) {
        RestatePromise<String> greeting = ctx.runAsync("name", String.class, () -> Remote.name(userId))
                .then(name -> ctx.runAsync("greet", String.class, () -> "Hello, " + name));
        RestatePromise<Integer> orders = ctx.runAsync("orders", Integer.class, () -> Remote.orders(userId));

        return RestatePromise.all(greeting, orders)
                .map((hello, count) -> hello + ", you have " + count + " orders")
                .await();
    }

    /** Asks whether something is there, without waiting. */
    @Handler
    public String settled(Context ctx) {
        RestatePromise<String> report = ctx.signal("report", String.class);
        RestatePromise<String> draft = ctx.runAsync("write draft", String.class, () -> "a draft");
        ctx.sleep(Duration.ofHours(1));
        return draft.isSettled() ? draft.await() : report.await();
    }
}
