package dev.reprise.examples.guides;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The handlers with scopes that {@code docs/concurrent-tasks.md} shows. */
@Service
public class Scopes {
    /** Every branch must succeed. */
    @Handler
    public int all(Context ctx, List<Integer> userIds) {
        try (var scope = ctx.scope(Joiner.<Integer>allSuccessfulOrThrow())) {
            for (int userId : userIds) {
                scope.fork("user " + userId, c -> c.run("count", Integer.class, () -> Remote.orders(userId)));
            }
            return scope.join().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Every branch must succeed, and they give different types. */
    @Handler
    public String types(Context ctx, int userId) {
        try (var scope = ctx.scope(Joiner.awaitAllSuccessfulOrThrow())) {
            Branch<String> name = scope.fork("name", c -> c.run("name", String.class, () -> Remote.name(userId)));
            Branch<Integer> orders =
                    scope.fork("orders", c -> c.run("count", Integer.class, () -> Remote.orders(userId)));
            scope.join();
            return name.get() + ": " + orders.get();
        }
    }

    /** One branch must succeed. */
    @Handler
    public String any(Context ctx, String city) {
        try (var scope = ctx.scope(Joiner.<String>anySuccessfulOrThrow())) {
            scope.fork("measured", c -> c.run("ask", String.class, () -> Remote.forecast(city)));
            scope.fork("usual", c -> {
                c.sleep(Duration.ofSeconds(5));
                return "mild, as usual";
            });
            return scope.join();
        }
    }

    /** Every branch is waited for. */
    @Handler
    public String everyEnd(Context ctx, String city) {
        try (var scope = ctx.scope(Joiner.<String>awaitAll())) {
            Branch<String> forecast =
                    scope.fork("forecast", c -> c.run("ask", String.class, () -> Remote.forecast(city)));
            scope.fork("mail", c -> c.run("note", String.class, () -> "noted"));
            scope.join();
            return switch (forecast.state()) {
                case SUCCESS -> forecast.get();
                case FAILED -> forecast.exception().getMessage();
                case UNAVAILABLE -> throw new IllegalStateException("join() has waited for it");
            };
        }
    }

    /** What there is after an hour. */
    @Handler
    public List<String> partial(Context ctx, List<Integer> minutes) {
        try (var scope = ctx.scope(Joiner.<String>allUntil(_ -> false)).withTimeout(Duration.ofHours(1))) {
            for (int after : minutes) {
                scope.fork("offer", c -> {
                    c.sleep(Duration.ofMinutes(after));
                    return "offer after " + after + " minutes";
                });
            }
            return scope.join().stream()
                    .filter(offer -> offer.state() == Branch.State.SUCCESS)
                    .<String>map(Branch::get)
                    .toList();
        }
    }

    /** The lowest of the first offers. */
    static final class LowestOf implements Joiner<Integer, Integer> {
        private final int enough;
        private final List<Integer> offers = new ArrayList<>();

        LowestOf(int enough) {
            this.enough = enough;
        }

        @Override
        public boolean onComplete(Branch<? extends Integer> branch) {
            if (branch.state() == Branch.State.SUCCESS) {
                offers.add(branch.get());
            }
            return offers.size() == enough;
        }

        @Override
        public void onTimeout() {
            // Those that came in time are enough.
        }

        @Override
        public Integer result() {
            return offers.stream()
                    .min(Integer::compare)
                    .orElseThrow(() -> new TerminalException(404, "nobody made an offer"));
        }
    }

    /** By a joiner of its own. */
    @Handler
    public int lowest(Context ctx, List<Integer> cents) {
        try (var scope = ctx.scope(new LowestOf(2)).withTimeout(Duration.ofDays(7))) {
            for (int offer : cents) {
                scope.fork("offer", c -> {
                    c.sleep(Duration.ofHours(offer));
                    return offer;
                });
            }
            return scope.join();
        }
    }
}
