package dev.reprise.testkit;

/** Moves a test's time without skipping anything. */
interface Timekeeper {
    /** Before an engine is started there is nothing to move. */
    Timekeeper NONE = millis -> {
        throw new IllegalStateException(
                "Expected a running engine, found none. Move the clock in a test, not before or after it.");
    };

    /** Lets time pass up to {@code millis} since the epoch, and returns when nothing happens any more. */
    void advanceTo(long millis);
}
