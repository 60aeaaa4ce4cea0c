package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.promise.Decoder;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the results of notifications. */
final class Decoders {
    private Decoders() {}

    /**
     * A value; a missing value is decoded as no bytes.
     *
     * @param what the kind of value, for the message if it cannot be decoded
     * @param whose identifies it among values of this kind
     */
    static <T extends @Nullable Object> Decoder<T> value(String what, Object whose, Serde<T> serde) {
        return result -> switch (result) {
            case Result.Value(Bytes content) -> read(what, whose, serde, content);
            case Result.Empty() -> read(what, whose, serde, Bytes.EMPTY);
            case Result other -> throw unexpected("a value", other);
        };
    }

    private static <T extends @Nullable Object> T read(String what, Object whose, Serde<T> serde, Bytes content) {
        try {
            return serde.deserialize(content);
        } catch (SerdeException e) {
            throw new SerdeException(what + " " + whose + " cannot be read. " + e.getMessage(), e);
        }
    }

    /** A value that may be missing; otherwise like {@link #value}. */
    static <T extends @Nullable Object> Decoder<Optional<T>> optional(String what, Object whose, Serde<T> serde) {
        return result -> switch (result) {
            case Result.Value(Bytes content) -> Optional.ofNullable(read(what, whose, serde, content));
            case Result.Empty() -> Optional.empty();
            case Result other -> throw unexpected("a value or nothing", other);
        };
    }

    /** Only the fact that it happened. */
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
