package dev.reprise.engine.partition;

import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;

/** Who gets an invocation's result. */
public sealed interface ResponseSink {
    /** A client waiting at a node. */
    record Client(RequestId requestId) implements ResponseSink {}

    /** The completion, of this type, of a command in another invocation's journal. */
    record Caller(InvocationId invocationId, int completionId, MessageType type) implements ResponseSink {
        public Caller {
            RecordRules.requireAnswer(type);
        }
    }
}
