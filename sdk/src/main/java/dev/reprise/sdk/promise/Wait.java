package dev.reprise.sdk.promise;

import org.jspecify.annotations.Nullable;

/**
 * A task stands in an await.
 *
 * @param root what it awaits
 * @param outer the await it stood in before, if a function of a promise awaits something itself; null if there is none
 */
record Wait(Task task, PromiseNode<?> root, @Nullable Wait outer) {}
