package dev.reprise.simulator.check;

import dev.reprise.protocol.id.InvocationId;

/** An attempt's stream as the checks see it. */
public interface WatchedStream {
    InvocationId invocationId();

    /** The node that opened it. */
    WatchedNode node();

    /** The leader's epoch when it was opened. */
    long epoch();

    /** Whether the node no longer listens. */
    boolean isOver();

    /** Whether the handler's input ended too early, which the handler may complain about. */
    boolean isCut();
}
