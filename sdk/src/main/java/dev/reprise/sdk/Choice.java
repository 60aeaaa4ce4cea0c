package dev.reprise.sdk;

import dev.reprise.sdk.promise.PendingChoice;
import org.jspecify.annotations.Nullable;

/** A promise that some of several decide: {@link RestatePromise#race race}, {@code any}, {@code select} and the like. */
public sealed interface Choice<T extends @Nullable Object> extends RestatePromise<T> permits PendingChoice {
    /**
     * Cancels the others once this is decided, in their order, as {@link RestatePromise#cancel} does and with its exceptions.
     * Done where the deciding result is taken, so every replay cancels the same. On a promise that is decided already it is done
     * at once.
     *
     * @return this promise
     */
    Choice<T> cancelLosers();
}
