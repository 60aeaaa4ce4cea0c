package dev.reprise.sdk;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import org.jspecify.annotations.Nullable;

/** What a shared handler of a workflow can do: read its state, and use the promises its handlers share. */
public interface SharedWorkflowContext extends SharedObjectContext {
    /**
     * The workflow's promise of this name. Every handler that names it means the same one; it need not be made before.
     *
     * @param type the class of its value
     */
    <T> DurablePromise<T> promise(String name, Class<T> type);

    /** As {@link #promise(String, Class)}, with a value of a generic type. */
    <T extends @Nullable Object> DurablePromise<T> promise(String name, TypeRef<T> type);

    /** As {@link #promise(String, Class)}, with a value read and written by a serde. */
    <T extends @Nullable Object> DurablePromise<T> promise(String name, Serde<T> serde);
}
