package dev.reprise.sdk;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of {@link RestatePromise#select}: a promise, and what its value becomes if it wins.
 *
 * @param promise what to wait for
 * @param function applied to the promise's value, and only if it wins
 */
public record Alternative<T extends @Nullable Object, R extends @Nullable Object>(
        RestatePromise<T> promise, Function<? super T, ? extends R> function) {
    public Alternative {
        Objects.requireNonNull(promise, "the promise of an alternative");
        Objects.requireNonNull(function, "the function of an alternative");
    }

    /** The promise of this alternative's result. */
    RestatePromise<R> mapped() {
        return promise.map(function);
    }
}
