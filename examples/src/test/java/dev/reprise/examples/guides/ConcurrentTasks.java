package dev.reprise.examples.guides;

import dev.reprise.sdk.Completed;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The handlers that {@code docs/concurrent-tasks.md} shows. */
@Service
public class ConcurrentTasks {
    /** What is known of a user. */
    public record Profile(String name, List<String> orders, int score) {}

    /** Starts three tasks and waits for them one by one. */
    @Handler
    public Profile profile(Context ctx, int userId) {
        RestatePromise<String> name = ctx.runAsync("fetch name", String.class, () -> Remote.name(userId));
        RestatePromise<Integer> orders = ctx.runAsync("count orders", Integer.class, () -> Remote.orders(userId));
        RestatePromise<Integer> score = ctx.service(ConcurrentTasks.class).call(ConcurrentTasks::score, userId);

        return new Profile(name.await(), List.of("orders: " + orders.await()), score.await());
    }

    /** A score. */
    @Handler
    public int score(Context ctx, int userId) {
        return userId * 10;
    }

    /** Waits for all. */
    @Handler
    public String all(Context ctx) {
        RestatePromise<String> name = ctx.runAsync("name", String.class, () -> "Ada");
        RestatePromise<Integer> age = ctx.runAsync("age", Integer.class, () -> 36);

        return RestatePromise.all(name, age)
                .map((who, years) -> who + " is " + years)
                .await();
    }

    /** Waits for all of a list. */
    @Handler
    public List<Integer> allOfAList(Context ctx, List<Integer> numbers) {
        List<RestatePromise<Integer>> squares = new ArrayList<>();
        for (int number : numbers) {
            squares.add(ctx.runAsync("square " + number, Integer.class, () -> number * number));
        }
        return RestatePromise.all(squares).await();
    }

    /** Takes the first success. */
    @Handler
    public String any(Context ctx) {
        RestatePromise<String> broken = ctx.runAsync("broken mirror", String.class, () -> {
            throw new TerminalException(503, "broken");
        });
        RestatePromise<String> sound = ctx.runAsync("sound mirror", String.class, () -> "the file");

        return RestatePromise.any(broken, sound).await();
    }

    /** Takes what settles first. */
    @Handler
    public String race(Context ctx) {
        RestatePromise<String> answer = ctx.signal("answer", String.class);
        RestatePromise<String> bell = ctx.timer(Duration.ofHours(1)).map(_ -> "nobody answered");

        return RestatePromise.race(answer, bell).await();
    }

    /** Waits for every end, good or bad. */
    @Handler
    public List<String> allSettled(Context ctx, List<String> cities) {
        List<RestatePromise<String>> forecasts = cities.stream()
                .map(city -> ctx.runAsync("forecast " + city, String.class, () -> Remote.forecast(city)))
                .toList();

        return RestatePromise.allSettled(forecasts).await().stream()
                .map(end -> switch (end) {
                    case Settled.Fulfilled<String>(String forecast) -> forecast;
                    case Settled.Rejected<String>(TerminalException reason) -> "none: " + reason.getMessage();
                })
                .toList();
    }

    /** Alternatives of different types. */
    @Handler
    public String select(Context ctx) {
        RestatePromise<Integer> payment = ctx.signal("payment", Integer.class);

        return RestatePromise.select(
                        RestatePromise.when(payment, cents -> "paid " + cents),
                        RestatePromise.when(ctx.timer(Duration.ofDays(14)), _ -> "not paid"))
                .await();
    }

    /** Does not wait for ever. */
    @Handler
    public String timeout(Context ctx) {
        RestatePromise<String> answer = ctx.signal("answer", String.class);
        try {
            return answer.await(Duration.ofMinutes(5));
        } catch (TimeoutException e) {
            return "too late";
        }
    }

    /** Makes do with something else. */
    @Handler
    public String fallback(Context ctx) {
        return ctx.signal("answer", String.class)
                .orTimeout(Duration.ofMinutes(5))
                .recover(failure -> "made up, because it " + failure.getMessage())
                .await();
    }

    /** Handles each as it comes. */
    @Handler
    public List<String> asCompleted(Context ctx) {
        RestatePromise<String> slow = ctx.timer(Duration.ofSeconds(20)).map(_ -> "slow");
        RestatePromise<String> fast = ctx.timer(Duration.ofSeconds(10)).map(_ -> "fast");

        List<String> order = new ArrayList<>();
        for (RestatePromise<String> next : RestatePromise.asCompleted(List.of(slow, fast))) {
            order.add(next.await());
        }
        return order;
    }

    /** Waits for a majority. */
    @Handler
    public int quorum(Context ctx) {
        List<RestatePromise<Boolean>> votes = List.of(
                ctx.runAsync("vote 1", Boolean.class, () -> true),
                ctx.runAsync("vote 2", Boolean.class, () -> true),
                ctx.signal("vote 3", Boolean.class));

        Completed<Boolean> quorum = RestatePromise.waitCompleted(2, votes).await();
        return quorum.done().size();
    }

    /** At most three at a time. */
    @Handler
    public int bounded(Context ctx, List<Integer> numbers) {
        List<RestatePromise<Integer>> tasks = new ArrayList<>();
        for (int number : numbers) {
            if (tasks.size() >= 3) {
                tasks.get(tasks.size() - 3).await();
            }
            tasks.add(ctx.runAsync("work on " + number, Integer.class, () -> number + 1));
        }
        return RestatePromise.all(tasks).await().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Computes. */
    @Handler
    public boolean isPrime(Context ctx, long number) {
        RunOptions computing = RunOptions.named("test " + number).onPlatformThread();
        return ctx.run(
                computing,
                Boolean.class,
                () -> LongStream.range(2, number).noneMatch(divisor -> number % divisor == 0));
    }

    /** Known already. */
    @Handler
    public String known(Context ctx, boolean isMember) {
        RestatePromise<String> discount = isMember
                ? ctx.runAsync("look up discount", String.class, () -> "10 %")
                : RestatePromise.resolve("none");

        return discount.await();
    }

    /** Refused already. */
    @Handler
    public String refused(Context ctx) {
        RestatePromise<String> refused = RestatePromise.reject(new TerminalException(403, "access denied"));
        return RestatePromise.any(refused, ctx.runAsync("guest", String.class, () -> "as a guest"))
                .await();
    }

    /** Whether something can be combined. */
    @Handler
    public boolean isPromise(Context ctx) {
        Object value = ctx.timer(Duration.ofSeconds(1));
        return RestatePromise.isRestatePromise(value);
    }
}
