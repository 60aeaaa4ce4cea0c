package dev.reprise.sdk.promise;

import dev.reprise.protocol.Result;
import org.jspecify.annotations.Nullable;

/** Decodes a value from the result of a notification that is not a failure. */
@FunctionalInterface
public interface Decoder<T extends @Nullable Object> {
    /** The value of {@code result}. */
    T decode(Result result);
}
