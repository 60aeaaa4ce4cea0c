package dev.reprise.engine.partition;

import dev.reprise.protocol.id.InvocationId;

/** What caused an invocation. */
public sealed interface Origin {
    /** A client, by way of the ingress. */
    record Client() implements Origin {
        /** The only value anyone needs. */
        public static final Client INSTANCE = new Client();
    }

    /** A call or a one-way call in another invocation. */
    record Caller(InvocationId id, InvocationTarget target) implements Origin {}

    /** Somebody let a completed invocation run once more, as a new one. */
    record Restart(InvocationId of) implements Origin {}
}
