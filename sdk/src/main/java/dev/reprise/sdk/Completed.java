package dev.reprise.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some promises have settled and some have not, as {@link RestatePromise#waitCompleted} gives them. Immutable.
 *
 * @param done the settled ones, in the order in which they settled; each can be awaited without waiting
 * @param pending the others, in the order in which they were given
 */
public record Completed<T extends @Nullable Object>(List<RestatePromise<T>> done, List<RestatePromise<T>> pending) {
    public Completed {
        done = List.copyOf(done);
        pending = List.copyOf(pending);
    }
}
