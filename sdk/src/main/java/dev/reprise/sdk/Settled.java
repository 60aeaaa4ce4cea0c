package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/** How a promise ended, as an element of the result of {@link RestatePromise#allSettled(java.util.List)}. Immutable. */
public sealed interface Settled<T extends @Nullable Object> {
    /** The value, or the failure thrown. */
    T orThrow();

    /** It succeeded. */
    record Fulfilled<T extends @Nullable Object>(T value) implements Settled<T> {
        @Override
        public T orThrow() {
            return value;
        }
    }

    /** It failed for good. */
    record Rejected<T extends @Nullable Object>(TerminalException reason) implements Settled<T> {
        @Override
        public T orThrow() {
            throw reason;
        }
    }
}
