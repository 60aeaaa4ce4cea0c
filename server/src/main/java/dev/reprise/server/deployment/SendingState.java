package dev.reprise.server.deployment;

/**
 * How far the request of an attempt has come.
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
    /** Nothing was sent, not even the head. */
    UNSENT,
    /** A connection is to be found for it. */
    OPENING,
    /** What comes is written at once. */
    SENDING,
    /** What comes waits until the peer has read. */
    STALLED,
    /** The request has ended, its answer has not. */
    SENT,
    /** There is no exchange any more. */
    GONE;

    /** The state that follows. */
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
