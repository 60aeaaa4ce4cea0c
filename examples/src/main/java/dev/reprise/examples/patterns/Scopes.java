package dev.reprise.examples.patterns;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.List;

/** Branches that belong together: if one fails the others are cancelled, and nothing goes on after the block. */
@Service
public class Scopes {
    /** Books a flight and a hotel at the same time, or neither. */
    @Handler
    public String book(Context ctx, String city) {
        try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())) {
            var flight = scope.fork("flight", c -> bookFlight(c, city));
            var hotel = scope.fork("hotel", c -> bookHotel(c, city));
            scope.join();
            return flight.get() + ", " + hotel.get();
        }
    }

    /** The offers that come within two seconds. */
    @Handler
    public List<String> offers(Context ctx, List<Integer> secondsOfAgencies) {
        try (var scope = ctx.scope(Joiner.<String>allUntil(_ -> false)).withTimeout(Duration.ofSeconds(2))) {
            for (int seconds : secondsOfAgencies) {
                scope.fork("agency", c -> {
                    c.sleep(Duration.ofSeconds(seconds));
                    return "an offer after " + seconds + " s";
                });
            }
            return scope.join().stream()
                    .filter(agency -> agency.state() == Branch.State.SUCCESS)
                    .<String>map(Branch::get)
                    .toList();
        }
    }

    private static String bookFlight(Context ctx, String city) {
        String seat = ctx.run("reserve a seat", String.class, () -> "seat 7A to " + city);
        try {
            ctx.logger().info("{} is reserved, the airline confirms it in a second", seat);
            ctx.sleep(Duration.ofSeconds(1));
            return ctx.run("pay the flight", String.class, () -> seat);
        } catch (CancelledException e) {
            ctx.run("release the seat", () -> ctx.logger().info("{} is released", seat));
            throw e;
        }
    }

    private static String bookHotel(Context ctx, String city) {
        ctx.run("book a room", () -> Bookings.book(ctx.logger(), "hotel in " + city));
        return "a room in " + city;
    }
}
