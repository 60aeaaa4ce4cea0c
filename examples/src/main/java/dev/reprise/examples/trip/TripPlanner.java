package dev.reprise.examples.trip;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.List;

/** Plans a trip: asks everybody at once, and takes what comes. */
@Service
public final class TripPlanner {
    private static final Duration CAR_TIMEOUT = Duration.ofSeconds(4);

    private final Providers providers;

    /** A planner that asks these providers. */
    public TripPlanner(Providers providers) {
        this.providers = providers;
    }

    /** What a traveller wants. */
    public record Trip(String traveller, String city) {}

    /** What the traveller gets. */
    public record Itinerary(String flight, String hotel, String transfer, List<String> tickets) {}

    /** Plans a trip; steps that are recorded are not run again, whatever happens to this process. */
    @Handler
    public Itinerary plan(Context ctx, Trip trip) {
        // The first airline that has a seat.
        RestatePromise<String> flight = RestatePromise.any(
                ctx.runAsync("flight with Condor", String.class, () -> providers.flight("Condor", trip.city())),
                ctx.runAsync("flight with Lufthansa", String.class, () -> providers.flight("Lufthansa", trip.city())));

        RestatePromise<String> hotel = ctx.runAsync("hotel", String.class, () -> providers.hotel(trip.city()));

        // A car, unless that takes too long.
        RestatePromise<String> transfer = RestatePromise.race(
                ctx.runAsync("rental car", String.class, () -> providers.car(trip.city())),
                ctx.timer("car timeout", CAR_TIMEOUT).map(_ -> "the bus, the rental took too long"));

        // As many tickets as there are.
        RestatePromise<List<Settled<String>>> tickets = RestatePromise.allSettled(
                ctx.runAsync("museum ticket", String.class, () -> providers.ticket("museum")),
                ctx.runAsync("opera ticket", String.class, () -> providers.ticket("opera")),
                ctx.runAsync("concert ticket", String.class, () -> providers.ticket("concert")));

        return RestatePromise.all(flight, hotel, transfer, tickets.map(TripPlanner::describe))
                .map(Itinerary::new)
                .await();
    }

    private static List<String> describe(List<Settled<String>> tickets) {
        return tickets.stream()
                .map(ticket -> switch (ticket) {
                    case Settled.Fulfilled<String>(String value) -> value;
                    case Settled.Rejected<String> rejected ->
                        "none: " + rejected.reason().getMessage();
                })
                .toList();
    }
}
