package dev.reprise.sdk.scope;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What scopes need of the handler or branch that opens them. Its own task alone may use it. */
public interface Opener {
    /** Throws unless the caller is the task that this belongs to, and its attempt still runs. */
    void requireOwn();

    /** Its context. */
    Context context();

    /** Begins a branch; {@code whenSettled} is told when its promise has settled. */
    <T extends @Nullable Object> Branch<T> fork(String name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled);

    /** Cancels promises in order, as {@link RestatePromise#cancel} does with one. */
    void cancelAll(List<? extends RestatePromise<?>> promises);

    /** Waits until none of these branches is alive; a cancellation that comes meanwhile is thrown afterwards. */
    void awaitEnds(List<? extends Branch<?>> branches);
}
