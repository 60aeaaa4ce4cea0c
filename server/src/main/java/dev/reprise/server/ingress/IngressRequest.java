package dev.reprise.server.ingress;

import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.InvocationReference;
import org.jspecify.annotations.Nullable;

/** What a request's path asks for. */
sealed interface IngressRequest {
    /** Asks whether the ingress is up, and which services it knows. */
    record Health() implements IngressRequest {}

    /**
     * Invokes a handler; {@code key} is null for a plain service. The service is the one registered when the path was
     * read.
     */
    record Invoke(
            ServiceDescriptor service,
            @Nullable String key,
            String handler,
            boolean send,
            @Nullable String scope) implements IngressRequest {}

    /** Completes an awakeable with the body. */
    record CompleteAwakeable(String awakeableId, boolean reject) implements IngressRequest {}

    /** Sends an invocation a named signal with the body. */
    record Signal(String invocationId, String name, boolean reject) implements IngressRequest {}

    /** Asks for an invocation's result: waits for it, or only looks. */
    record Result(InvocationReference reference, boolean untilCompleted) implements IngressRequest {}

    /** As {@link Result}, with the invocation named in the body. */
    record ResultByBody(boolean untilCompleted) implements IngressRequest {}

    /** Asks for the id of the invocation named in the body. */
    record Lookup() implements IngressRequest {}
}
