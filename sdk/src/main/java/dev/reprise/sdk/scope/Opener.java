package dev.reprise.sdk.scope;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What scopes need from the handler or branch that opens them. Only its own task may use it. */
public interface Opener {
    /** Throws unless the caller is the task that this belongs to, and its attempt is still running. */
    void requireOwn();

    /** Its context. */
    Context context();

    /**
     * Begins a branch.
     *
     * @param scope what its scope is called; empty if it has no name
     * @param whenSettled told when its promise has settled
     */
    <T extends @Nullable Object> Branch<T> fork(
            String scope, String name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled);

    /** Cancels promises in order, each as {@link RestatePromise#cancel} does. */
    void cancelAll(List<? extends RestatePromise<?>> promises);

    /** Waits until none of these branches is alive; a cancellation that arrives meanwhile is thrown afterwards. */
    void awaitEnds(List<? extends Branch<?>> branches);
}
