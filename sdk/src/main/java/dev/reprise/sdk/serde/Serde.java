package dev.reprise.sdk.serde;

import dev.reprise.protocol.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of one type to bytes and back.
 *
 * <p>A serde is used by many threads at once and has no state. What it writes must be the same for equal values in
 * every attempt of an invocation: the bytes are compared with the journal on replay. So write maps and sets in a fixed
 * order.
 *
 * @param <T> the type of the values
 */
public non-sealed interface Serde<T extends @Nullable Object> extends TypeDescriptor<T> {
    /**
     * The bytes of {@code value}.
     *
     * @throws SerdeException when the value cannot be written
     */
    Bytes serialize(T value);

    /**
     * The value that {@code bytes} represent.
     *
     * @throws SerdeException when the bytes are not a value of this type
     */
    T deserialize(Bytes bytes);

    /** This serde, whichever factory there is. */
    @Override
    default Serde<T> serde(SerdeFactory factory) {
        return this;
    }

    /**
     * The media type of the bytes, such as {@code application/json}. Empty means that there is never a value, and so
     * neither a payload nor a content type.
     */
    default Optional<String> contentType() {
        return Optional.of("application/octet-stream");
    }

    /** A JSON schema of the values, as JSON text, if there is one. Shown in the service's description. */
    default Optional<String> jsonSchema() {
        return Optional.empty();
    }

    /** The serde of nothing: no bytes, no content type. Its value is {@code null}. */
    static Serde<@Nullable Void> none() {
        return NoSerde.INSTANCE;
    }

    /** Bytes unchanged, with content type {@code application/octet-stream}. Arrays are copied. */
    static Serde<byte[]> raw() {
        return RawSerde.INSTANCE;
    }
}
