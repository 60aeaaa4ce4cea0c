package dev.reprise.sdk;

import dev.reprise.sdk.promise.PendingBranch;
import org.jspecify.annotations.Nullable;

/**
 * A part of a handler that goes on beside the rest, made by {@link Context#fork}; and the promise of its result. It can be used
 * in every combinator.
 *
 * <p>{@link #cancel Cancelling} a branch rejects its promise at once. Its code gets a {@link CancelledException} from the await
 * in which it stands, or from the next one that has to wait, after the branches it has forked have got theirs; and what else it
 * has begun is cancelled too. It may still use its context, to undo what it did. A branch that has not begun never does.
 */
public sealed interface Branch<T extends @Nullable Object> extends RestatePromise<T> permits PendingBranch {
    /** What it was called when it was forked. */
    String name();
}
