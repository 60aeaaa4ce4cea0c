package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/** The result of a call to another handler, and the invocation that computes it. */
public sealed interface CallPromise<T extends @Nullable Object> extends RestatePromise<T>
        permits dev.reprise.sdk.promise.PendingCall {
    /** The invocation that was started, to cancel it, to signal it or to tell others its id. */
    InvocationHandle invocation();

    /**
     * As {@link #cancel}, even if others may be waiting for the called invocation: one of a workflow, or one called
     * with an idempotency key. For these, {@code cancel} alone only stops waiting. (That the target is a workflow is
     * known only if its client was made by {@link Context#workflow}.)
     */
    void cancelShared();
}
