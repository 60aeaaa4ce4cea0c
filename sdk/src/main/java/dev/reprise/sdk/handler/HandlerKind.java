package dev.reprise.sdk.handler;

/** What a handler may do and what it shares with the other invocations of its key. */
public enum HandlerKind {
    /** A service's handler: no key, no state. */
    SERVICE(ServiceKind.SERVICE, false),
    /** A virtual object's handler that writes state: one invocation at a time per key. */
    OBJECT_EXCLUSIVE(ServiceKind.VIRTUAL_OBJECT, false),
    /** A virtual object's handler that reads state: many at a time. */
    OBJECT_SHARED(ServiceKind.VIRTUAL_OBJECT, true),
    /** A workflow's one handler that runs once per key. */
    WORKFLOW_RUN(ServiceKind.WORKFLOW, false),
    /** A workflow's handler that talks to the running workflow: many at a time. */
    WORKFLOW_SHARED(ServiceKind.WORKFLOW, true);

    private final ServiceKind service;
    private final boolean shared;

    HandlerKind(ServiceKind service, boolean shared) {
        this.service = service;
        this.shared = shared;
    }

    /** The kind of service such a handler belongs to. */
    public ServiceKind service() {
        return service;
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
