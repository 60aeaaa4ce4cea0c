package dev.reprise.protocol;

/** Assertions that are always on: a violated one is a bug of ours, never a user's mistake. */
public final class Invariants {
    /** A state our own code must never reach. Stops what it happened in; never caught to go on. */
    public static final class InvariantViolation extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public InvariantViolation(String message) {
            super(message);
        }
    }

    private Invariants() {}

    /** Throws {@link InvariantViolation} with {@code message} unless {@code condition} holds. */
    public static void check(boolean condition, String message) {
        if (!condition) {
            throw new InvariantViolation(message);
        }
    }

    /** As {@link #check(boolean, String)}, naming the value found. */
    public static void check(boolean condition, String message, Object found) {
        if (!condition) {
            throw new InvariantViolation(message + ": " + found);
        }
    }
}
