package dev.reprise.sdk.promise;

import org.jspecify.annotations.Nullable;

/**
 * An await in which a task stands.
 *
 * @param root what it awaits
 * @param outer the await in which it stood before, if a function of a promise awaits something itself; null if there is
 *     none
 */
record Wait(Task task, PromiseNode<?> root, @Nullable Wait outer) {}
