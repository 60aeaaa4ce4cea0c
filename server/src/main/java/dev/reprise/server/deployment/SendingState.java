package dev.reprise.server.deployment;

/**
 * The state of an attempt's request.
 *
 * <pre>
 *              first               opened                last message
 *              messages                                  written
 *   UNSENT ────────────► OPENING ────────────► SENDING ────────────► SENT
 *                           │        no room   │  ▲  │                 │
 *                           │        to write  ▼  │  │                 │
 *                           │                STALLED │                 │
 *                           ▼                   ▼    ▼                 ▼
 *                         GONE: the answer is complete, or the exchange has failed
 * </pre>
 */
enum SendingState {
    /** Nothing has been sent, not even the head. */
    UNSENT,
    /** A connection is being found for it. */
    OPENING,
    /** Messages are written at once. */
    SENDING,
    /** Messages wait until the peer has read. */
    STALLED,
    /** The request has ended, its answer has not. */
    SENT,
    /** The exchange is over. */
    GONE;

    /** The next state. */
    SendingState then(SendingState next) {
        boolean isLegal = switch (this) {
            case UNSENT -> next == OPENING;
            case OPENING -> next == SENDING || next == GONE;
            case SENDING -> next != UNSENT && next != OPENING;
            case STALLED -> next == SENDING || next == GONE;
            case SENT -> next == GONE;
            case GONE -> false;
        };
        if (!isLegal) {
            throw new IllegalStateException("the request of an attempt was " + this + " and cannot become " + next);
        }
        return next;
    }
}
