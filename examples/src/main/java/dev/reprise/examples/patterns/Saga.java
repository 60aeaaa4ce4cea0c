package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.ArrayDeque;
import java.util.Deque;

/** Books two things or none: what was done is undone, last first, when a later step fails for good. */
@Service
public class Saga {
    /** Books a flight and a hotel in a city. */
    @Handler
    public String book(Context ctx, String city) {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            // Registered before it is done: a step that fails half way is undone too.
            undo.push(() -> ctx.run("cancel flight", () -> Bookings.cancel("flight to " + city))
                    .await());
            ctx.run("book flight", () -> Bookings.book("flight to " + city)).await();
            undo.push(() -> ctx.run("cancel hotel", () -> Bookings.cancel("hotel in " + city))
                    .await());
            ctx.run("book hotel", () -> Bookings.book("hotel in " + city)).await();
            return "booked " + city;
        } catch (TerminalException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }
}
