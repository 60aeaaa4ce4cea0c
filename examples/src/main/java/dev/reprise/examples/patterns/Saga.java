package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import org.slf4j.Logger;

/** Books two things or none: what was done is undone, last first, when a later step fails for good. */
@Service
public class Saga {
    /** Books a flight and a hotel in a city. */
    @Handler
    public String book(Context ctx, String city) throws Exception {
        Logger log = ctx.logger();
        String flight = "flight to " + city;
        String hotel = "hotel in " + city;
        return ctx.saga(saga -> {
            saga.step(flight, () -> Bookings.book(log, flight), () -> Bookings.cancel(log, flight));
            saga.step(hotel, () -> Bookings.book(log, hotel), () -> Bookings.cancel(log, hotel));
            return "booked " + city;
        });
    }
}
