package dev.reprise.examples.patterns;

import dev.reprise.sdk.TerminalException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;

/** Stands for a booking system; booking and cancelling twice are the same as once. */
final class Bookings {
    private static final Set<String> BOOKED = new ConcurrentSkipListSet<>();

    private Bookings() {}

    static void book(Logger log, String what) {
        if (what.equals("hotel in Atlantis")) {
            throw new TerminalException(404, "no " + what);
        }
        BOOKED.add(what);
        log.info("booked: {}", what);
    }

    static void cancel(Logger log, String what) {
        log.info(BOOKED.remove(what) ? "cancelled: {}" : "nothing to cancel: {}", what);
    }

    static boolean isBooked(String what) {
        return BOOKED.contains(what);
    }
}
