package dev.reprise.server.client;

/**
 * How far the exchange on a connection of HTTP/1.1 has come.
 *
 * <pre>
 *                open                request ends              answer ends
 *   ┌──► IDLE ──────────► EXCHANGING ────────────► ANSWERING ──────────────┐
 *   │                         │ answer ends                                │
 *   │                         ▼         request ends                       │
 *   │                      ANSWERED ───────────────────────────────────────┤
 *   └──────────────────────────────────────────────────────────────────────┘
 *
 *   each of them ──► CLOSED
 * </pre>
 */
enum Http1State {
    /** There is room for a request. */
    IDLE,
    /** Neither the request nor its answer has ended. */
    EXCHANGING,
    /** The request has ended. */
    ANSWERING,
    /** The answer has ended before the request. */
    ANSWERED,
    /** The connection takes no more requests. */
    CLOSED;

    /** A request has begun. */
    Http1State opened() {
        if (this != IDLE) {
            throw illegal("begin a request");
        }
        return EXCHANGING;
    }

    Http1State requestEnded() {
        return switch (this) {
            case EXCHANGING -> ANSWERING;
            case ANSWERED -> IDLE;
            case IDLE, ANSWERING, CLOSED -> throw illegal("end a request");
        };
    }

    Http1State answerEnded() {
        return switch (this) {
            case EXCHANGING -> ANSWERED;
            case ANSWERING -> IDLE;
            case IDLE, ANSWERED, CLOSED -> throw illegal("end an answer");
        };
    }

    /** Whether there is more of the request to come. */
    boolean isRequestOpen() {
        return this == EXCHANGING || this == ANSWERED;
    }

    /** Whether there is more of the answer to come. */
    boolean isAnswerOpen() {
        return this == EXCHANGING || this == ANSWERING;
    }

    private IllegalStateException illegal(String what) {
        return new IllegalStateException("a connection that is " + this + " cannot " + what);
    }
}
