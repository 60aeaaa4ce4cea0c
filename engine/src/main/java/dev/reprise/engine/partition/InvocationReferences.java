package dev.reprise.engine.partition;

import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.id.InvocationId;

/** Turns the ways to name an invocation into its id. */
public final class InvocationReferences {
    private InvocationReferences() {}

    /**
     * The id of the invocation a reference names.
     *
     * @throws dev.reprise.protocol.ProtocolException when it holds a malformed id
     */
    public static InvocationId resolve(InvocationReference reference) {
        return switch (reference) {
            case InvocationReference.ById(String id) -> InvocationId.parse(id);
            case InvocationReference.ByIdempotencyKey r ->
                InvocationId.deterministic(r.serviceName(), r.serviceKey(), r.handlerName(), r.idempotencyKey());
            case InvocationReference.ByWorkflow r ->
                InvocationId.deterministic(r.workflowName(), r.workflowKey(), "", null);
        };
    }
}
