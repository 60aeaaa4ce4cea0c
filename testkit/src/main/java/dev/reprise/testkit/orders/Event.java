package dev.reprise.testkit.orders;

import java.util.Locale;

/**
 * Something that can happen next.
 *
 * @param kind what happens
 * @param number the completion or the awakeable it is about; 0 if it is about neither
 * @param name the signal it is about; empty if it is about none
 */
record Event(Kind kind, int number, String name) {
    /** What can happen. */
    enum Kind {
        /** The answer to a command comes. The closure of a run makes it at that moment. */
        COMES,
        /** The value of an awakeable comes. */
        AWAKEABLE,
        /** The next signal of a name comes. */
        SIGNAL,
        /** The invocation is cancelled. */
        CANCEL,
        /** The closure of a run is executed, and a crash comes before its result is stored. */
        LOSES,
        /** The closure of a run throws an exception that is not terminal. */
        FAILS,
        /** The attempt ends without a message, and the next one replays the journal. */
        CRASH
    }

    static final Event CRASH = new Event(Kind.CRASH, 0, "");
    static final Event CANCEL = new Event(Kind.CANCEL, 0, "");

    static Event of(Kind kind, int number) {
        return new Event(kind, number, "");
    }

    /** Reads what {@link #toString} wrote. */
    static Event parse(String text) {
        String[] words = text.split(" ", 2);
        try {
            Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
            return switch (kind) {
                case COMES, AWAKEABLE, LOSES, FAILS -> of(kind, Integer.parseInt(words[1]));
                case SIGNAL -> new Event(kind, 0, words[1]);
                case CANCEL, CRASH -> of(kind, 0);
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "Expected an event such as \"comes 3\", \"signal go\" or \"crash\", found \"" + text + "\".", e);
        }
    }

    /** Whether it is a fault. */
    boolean isFault() {
        return kind == Kind.LOSES || kind == Kind.FAILS;
    }

    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case COMES, AWAKEABLE, LOSES, FAILS -> word + " " + number;
            case SIGNAL -> word + " " + name;
            case CANCEL, CRASH -> word;
        };
    }
}
