package dev.reprise.sdk.promise;

import dev.reprise.protocol.Result;
import dev.reprise.sdk.TerminalException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a promise ended. */
sealed interface Outcome<T extends @Nullable Object> {
    /** The content of a notification. */
    static <T extends @Nullable Object> Outcome<T> of(Result result, Decoder<T> decoder) {
        return result instanceof Result.Failed(var failure)
                ? new Rejected<>(TerminalFailures.exception(failure))
                : new Fulfilled<>(() -> decoder.decode(result));
    }

    /** The value, or the exception thrown. */
    T get();

    /** A value that is computed on first use. */
    final class Fulfilled<T extends @Nullable Object> implements Outcome<T> {
        private @Nullable Supplier<? extends T> source;
        private @Nullable T value;

        Fulfilled(Supplier<? extends T> source) {
            this.source = source;
        }

        @Override
        @SuppressWarnings("NullAway") // the value is there once the source is gone, and may be null if T allows it
        public T get() {
            Supplier<? extends T> pending = source;
            if (pending != null) {
                value = pending.get();
                source = null;
            }
            return value;
        }
    }

    /** A terminal failure. */
    record Rejected<T extends @Nullable Object>(TerminalException reason) implements Outcome<T> {
        @Override
        public T get() {
            throw reason;
        }
    }

    /** A function threw a non-terminal exception, which the await of the promise rethrows. */
    record Broken<T extends @Nullable Object>(Throwable cause) implements Outcome<T> {
        @Override
        public T get() {
            throw Broken.<RuntimeException>unchecked(cause);
        }

        /** A function may throw what it does not declare, and so may an await of it. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler infers RuntimeException for E
        private static <E extends Throwable> E unchecked(Throwable cause) throws E {
            throw (E) cause;
        }
    }
}
