package dev.reprise.sdk.service;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;

/** What a handler may do, and what it shares with the other invocations of its key. */
public enum HandlerKind {
    /** A service's handler: no key, no state. */
    SERVICE(ServiceKind.SERVICE, false, Context.class),
    /** A virtual object's handler that writes state: one invocation at a time per key. */
    OBJECT_EXCLUSIVE(ServiceKind.VIRTUAL_OBJECT, false, ObjectContext.class),
    /** A virtual object's handler that reads state: many at a time. */
    OBJECT_SHARED(ServiceKind.VIRTUAL_OBJECT, true, SharedObjectContext.class),
    /** A workflow's single handler that runs once per key. */
    WORKFLOW_RUN(ServiceKind.WORKFLOW, false, WorkflowContext.class),
    /** A workflow's handler that talks to the running workflow: many at a time. */
    WORKFLOW_SHARED(ServiceKind.WORKFLOW, true, SharedWorkflowContext.class);

    private final ServiceKind service;
    private final boolean shared;
    private final Class<? extends Context> context;

    HandlerKind(ServiceKind service, boolean shared, Class<? extends Context> context) {
        this.service = service;
        this.shared = shared;
        this.context = context;
    }

    /** The kind of service that such a handler belongs to. */
    public ServiceKind service() {
        return service;
    }

    /** The context that such a handler receives. It may declare a supertype, and so ask for less. */
    public Class<? extends Context> context() {
        return context;
    }

    /** Whether many invocations of one key run at the same time. */
    public boolean isShared() {
        return shared;
    }

    /** Whether an invocation has a key. */
    public boolean isKeyed() {
        return service != ServiceKind.SERVICE;
    }
}
