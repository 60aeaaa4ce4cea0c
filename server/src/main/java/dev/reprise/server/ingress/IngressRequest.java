package dev.reprise.server.ingress;

import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.InvocationReference;
import org.jspecify.annotations.Nullable;

/** What a request's path asks for. */
sealed interface IngressRequest {
    /** Is the ingress up, and which services does it know? */
    record Health() implements IngressRequest {}

    /** Invoke a handler; {@code key} is null for a plain service. The service is the registry's when the path was read. */
    record Invoke(
            ServiceDescriptor service,
            @Nullable String key,
            String handler,
            boolean send,
            @Nullable String scope) implements IngressRequest {}

    /** Complete an awakeable with the body. */
    record CompleteAwakeable(String awakeableId, boolean reject) implements IngressRequest {}

    /** Send an invocation a named signal with the body. */
    record Signal(String invocationId, String name, boolean reject) implements IngressRequest {}

    /** An invocation's result: wait for it, or only look. */
    record Result(InvocationReference reference, boolean untilCompleted) implements IngressRequest {}

    /** As {@link Result}, the invocation being named in the body. */
    record ResultByBody(boolean untilCompleted) implements IngressRequest {}

    /** The id of the invocation named in the body. */
    record Lookup() implements IngressRequest {}
}
