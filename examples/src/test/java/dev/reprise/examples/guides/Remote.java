package dev.reprise.examples.guides;

import dev.reprise.sdk.TerminalException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands for what the guides' handlers ask. */
final class Remote {
    /** How often the flaky card reader was asked. */
    static final AtomicInteger CARD_READS = new AtomicInteger();

    /** Whether something is reserved. */
    static final AtomicBoolean RESERVED = new AtomicBoolean();

    /** Who was sent a mail. */
    static final Collection<String> MAILS = new ConcurrentLinkedQueue<>();

    /** By which id somebody was asked last. */
    static final AtomicReference<String> ASKED = new AtomicReference<>("");

    /** What was charged, by the keys of steps. */
    static final Map<String, Integer> CHARGED = new ConcurrentHashMap<>();

    private Remote() {}

    static void mail(String to) {
        MAILS.add(to);
    }

    static void ask(String what, String awakeableId) {
        if (!what.isEmpty()) {
            ASKED.set(awakeableId);
        }
    }

    static String name(int userId) {
        return "user " + userId;
    }

    static int orders(int userId) {
        return userId + 1;
    }

    static String forecast(String city) {
        if (city.equals("Atlantis")) {
            throw new TerminalException(404, "no such city");
        }
        return "sun in " + city;
    }

    /** Charges what was not charged by this key, and loses the first answer. */
    static String charge(int cents, String key) {
        if (CHARGED.put(key, cents) == null) {
            throw new IllegalStateException("no answer");
        }
        return "charged " + CHARGED.values();
    }

    /** Works on every third call only. */
    static String readCard() {
        if (CARD_READS.incrementAndGet() % 3 != 0) {
            throw new IllegalStateException("the reader does not answer");
        }
        return "card 4711";
    }
}
