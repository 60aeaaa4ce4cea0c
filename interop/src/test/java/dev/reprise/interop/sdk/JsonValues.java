package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of the contract: any JSON, and nothing at all where a handler of another SDK gave nothing. */
final class JsonValues {
    static final Serde<JsonNode> JSON = orNothing(SerdeFactory.json().create(JsonNode.class), NullNode.getInstance());
    static final Serde<@Nullable Object> ANY = orNothing(SerdeFactory.json().create(Object.class), null);

    private JsonValues() {}

    private static <T extends @Nullable Object> Serde<T> orNothing(Serde<? extends T> json, T nothing) {
        @SuppressWarnings("unchecked") // it writes whatever Jackson can
        Serde<T> serde = (Serde<T>) json;
        return new Serde<>() {
            @Override
            public Bytes serialize(T value) {
                return serde.serialize(value);
            }

            @Override
            public T deserialize(Bytes bytes) {
                return bytes.isEmpty() ? nothing : serde.deserialize(bytes);
            }

            @Override
            public Optional<String> contentType() {
                return serde.contentType();
            }
        };
    }
}
