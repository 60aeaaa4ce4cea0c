package dev.reprise.server.client;

/**
 * The state of the exchange on a connection of HTTP/1.1.
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
    /** The connection accepts no more requests. */
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

    /** Whether more of the request will come. */
    boolean isRequestOpen() {
        return this == EXCHANGING || this == ANSWERED;
    }

    /** Whether more of the answer will come. */
    boolean isAnswerOpen() {
        return this == EXCHANGING || this == ANSWERING;
    }

    private IllegalStateException illegal(String what) {
        return new IllegalStateException("a connection that is " + this + " cannot " + what);
    }
}
