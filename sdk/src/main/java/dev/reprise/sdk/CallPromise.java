package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/** The result of a call to another handler, and the invocation that computes it. */
public sealed interface CallPromise<T extends @Nullable Object> extends RestatePromise<T>
        permits dev.reprise.sdk.promise.PendingCall {
    /** The invocation that was started, to cancel it, to signal it or to tell others its id. */
    InvocationHandle invocation();

    /**
     * As {@link #cancel}, also when others may wait for the called invocation: that of a workflow, and one called with an
     * idempotency key. {@code cancel} alone only stops waiting for such a one. (What is called by the name of its target is
     * known to be a workflow only if its client was made by {@link Context#workflow}.)
     */
    void cancelShared();
}
