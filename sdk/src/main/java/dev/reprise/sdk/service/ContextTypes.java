package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;

/** The context that each kind of handler receives. */
final class ContextTypes {
    private ContextTypes() {}

    /** The type of the context. A handler may declare a supertype of it, and so ask for less. */
    static Class<? extends Context> of(HandlerKind kind) {
        return switch (kind) {
            case SERVICE -> Context.class;
            case OBJECT_EXCLUSIVE -> ObjectContext.class;
            case OBJECT_SHARED -> SharedObjectContext.class;
            case WORKFLOW_RUN -> WorkflowContext.class;
            case WORKFLOW_SHARED -> SharedWorkflowContext.class;
        };
    }
}
