package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.promise.Decoder;
import dev.reprise.sdk.serde.Serde;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the results of notifications are read. */
final class Decoders {
    private Decoders() {}

    /** A value; no value is read as no bytes. */
    static <T extends @Nullable Object> Decoder<T> value(Serde<T> serde) {
        return result -> switch (result) {
            case Result.Value(Bytes content) -> serde.deserialize(content);
            case Result.Empty() -> serde.deserialize(Bytes.EMPTY);
            case Result other -> throw unexpected("a value", other);
        };
    }

    /** A value that may be missing. */
    static <T extends @Nullable Object> Decoder<Optional<T>> optional(Serde<T> serde) {
        return result -> switch (result) {
            case Result.Value(Bytes content) -> Optional.ofNullable(serde.deserialize(content));
            case Result.Empty() -> Optional.empty();
            case Result other -> throw unexpected("a value or nothing", other);
        };
    }

    /** Nothing but that it happened. */
    static Decoder<@Nullable Void> nothing() {
        return result -> null;
    }

    /** An invocation's id. */
    static Decoder<String> invocationId() {
        return result -> switch (result) {
            case Result.InvocationIdValue(String invocationId) -> invocationId;
            case Result other -> throw unexpected("an invocation id", other);
        };
    }

    /** The names of the state's keys. */
    static Decoder<List<String>> stateKeys() {
        return result -> switch (result) {
            case Result.StateKeys(List<Bytes> keys) ->
                keys.stream().map(Bytes::utf8).toList();
            case Result other -> throw unexpected("state keys", other);
        };
    }

    private static IllegalStateException unexpected(String expected, Result found) {
        return new IllegalStateException("expected " + expected + " from the engine, found " + found);
    }
}
