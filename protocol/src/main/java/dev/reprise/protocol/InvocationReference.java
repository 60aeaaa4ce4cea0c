package dev.reprise.protocol;

import org.jspecify.annotations.Nullable;

/** The ways to name an existing invocation. */
public sealed interface InvocationReference {
    /** By its id, in its text form. */
    record ById(String invocationId) implements InvocationReference {}

    /** By the idempotency key it was called with. {@code serviceKey} is null for a service. */
    record ByIdempotencyKey(
            String serviceName,
            @Nullable String serviceKey,
            String handlerName,
            String idempotencyKey,
            @Nullable String scope)
            implements InvocationReference {}

    /** The run of a workflow, by its key. */
    record ByWorkflow(
            String workflowName,
            String workflowKey,
            @Nullable String scope) implements InvocationReference {}
}
