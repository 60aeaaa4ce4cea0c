package dev.reprise.engine.partition;

import dev.reprise.protocol.id.InvocationId;

/** Who gets an invocation's result. */
public sealed interface ResponseSink {
    /** A client waiting at a node. */
    record Client(RequestId requestId) implements ResponseSink {}

    /** The completion of a call or an attach in another invocation's journal. */
    record Caller(InvocationId invocationId, int completionId) implements ResponseSink {}
}
