package dev.reprise.sdk;

import dev.reprise.sdk.promise.PendingChoice;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A promise that is decided by some of several promises: {@link RestatePromise#race race}, {@code any}, {@code select}
 * and the like.
 */
public sealed interface Choice<T extends @Nullable Object> extends RestatePromise<T> permits PendingChoice {
    /**
     * Cancels the other promises, in their order, once this one is decided, as {@link RestatePromise#cancel} does
     * and with its exceptions. If this promise is already decided, they are cancelled at once. Every replay cancels
     * the same ones.
     *
     * @return this promise
     */
    Choice<T> cancelLosers();

    /**
     * One alternative of {@link RestatePromise#select}: a promise, and what its value becomes if it wins.
     *
     * @param promise what to wait for
     * @param function applied to the promise's value, and only if it wins
     */
    record Alternative<T extends @Nullable Object, R extends @Nullable Object>(
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

    /**
     * What {@link RestatePromise#atLeast} resolves to. Immutable.
     *
     * @param values the first values, as many as were asked for, in the order in which they came
     * @param failures why promises failed until then, in the order in which they did
     * @param pending the promises that had not settled then, in their order
     */
    record Quorum<T extends @Nullable Object>(
            List<T> values, List<TerminalException> failures, List<RestatePromise<T>> pending) {}
}
