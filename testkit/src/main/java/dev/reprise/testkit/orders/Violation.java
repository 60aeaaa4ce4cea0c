package dev.reprise.testkit.orders;

import org.jspecify.annotations.Nullable;

/** What is wrong with one order. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of violations: an order that is made smaller must keep its kind. */
    enum Kind {
        CHECK("The test's check failed."),
        REPLAY("The handler does something else when its journal is replayed."),
        DROPPED("The handler drops a promise that nobody waits for."),
        STUCK("The handler waits, and nothing is left that can come."),
        FAILING("The handler fails in one attempt after the other."),
        SETTING("The handler needs an answer that the test does not give.");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Kind kind;

    Violation(Kind kind, String message, @Nullable Throwable cause) {
        super(kind.text + " " + message, cause);
        this.kind = kind;
    }

    Violation(Kind kind, String message) {
        this(kind, message, null);
    }

    Kind kind() {
        return kind;
    }
}
