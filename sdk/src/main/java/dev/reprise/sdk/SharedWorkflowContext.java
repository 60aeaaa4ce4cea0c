package dev.reprise.sdk;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import org.jspecify.annotations.Nullable;

/** What a shared handler of a workflow can do: read its state, and use the promises its handlers share. */
public interface SharedWorkflowContext extends SharedObjectContext {
    /** The workflow's promise of this name. */
    <T> DurablePromise<T> promise(String name, Class<T> type);

    /** The workflow's promise of this name. */
    <T extends @Nullable Object> DurablePromise<T> promise(String name, TypeRef<T> type);

    /** The workflow's promise of this name. */
    <T extends @Nullable Object> DurablePromise<T> promise(String name, Serde<T> serde);
}
