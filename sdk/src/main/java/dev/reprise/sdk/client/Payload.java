package dev.reprise.sdk.client;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.serde.Serde;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A serialized value and its media type.
 *
 * @param bytes empty when there is no value
 * @param contentType the media type of the bytes; empty if there is never a value
 */
public record Payload(Bytes bytes, Optional<String> contentType) {
    /** {@code value}, serialized by {@code serde}. */
    static <T extends @Nullable Object> Payload of(Serde<T> serde, T value) {
        return new Payload(serde.serialize(value), serde.contentType());
    }
}
