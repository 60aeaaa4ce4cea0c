package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;

/** Books two things or none: what was done is undone, last first, when a later step fails for good. */
@Service
public class Saga {
    /** Books a flight and a hotel in a city. */
    @Handler
    public String book(Context ctx, String city) {
        Logger log = ctx.logger();
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            // Registered before it is done: a step that fails half way is undone too.
            undo.push(() -> ctx.run("cancel flight", () -> Bookings.cancel(log, "flight to " + city)));
            ctx.run("book flight", () -> Bookings.book(log, "flight to " + city));
            undo.push(() -> ctx.run("cancel hotel", () -> Bookings.cancel(log, "hotel in " + city)));
            ctx.run("book hotel", () -> Bookings.book(log, "hotel in " + city));
            return "booked " + city;
        } catch (TerminalException e) {
            log.info("a step failed for good ({}), so what was done is undone", e.getMessage());
            undo.forEach(Runnable::run);
            throw e;
        }
    }
}
