package dev.reprise.sdk;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Completes an {@link Awakeable} of another invocation. Only the first completion counts; later ones are ignored by the
 * engine. Recorded, so a replay does not complete it again.
 *
 * <p>Belongs to the handler's thread, like the {@link Context} it came from.
 */
public interface AwakeableHandle {
    /** Resolves it with {@code value}, serialized as the class the value has. */
    void resolve(Object value);

    /** Resolves it with {@code value}, serialized as {@code type}. */
    <T extends @Nullable Object> void resolve(TypeRef<T> type, T value);

    /** Resolves it with {@code value}, serialized by {@code serde}. */
    <T extends @Nullable Object> void resolve(Serde<T> serde, T value);

    /** Rejects it: the awakeable's {@code await} throws {@code reason}. */
    void reject(TerminalException reason);

    /** Rejects it with code 500 and a message. */
    default void reject(String message) {
        reject(new TerminalException(message));
    }
}
