package dev.reprise.engine.partition;

import dev.reprise.protocol.id.InvocationId;

/** What caused an invocation. */
public sealed interface Origin {
    /** A client, through the ingress. */
    record Client() implements Origin {
        /** The only value. */
        public static final Client INSTANCE = new Client();
    }

    /** A call or a one-way call in another invocation. */
    record Caller(InvocationId id, InvocationTarget target) implements Origin {}

    /** A restart of a completed invocation as a new one. */
    record Restart(InvocationId of) implements Origin {}
}
