package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON text, by Jackson. JSON's {@code null} is read as {@code null}.
 *
 * @param <T> the type of the values
 */
public final class JsonSerde<T extends @Nullable Object> implements Serde<T> {
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /**
     * Values of {@code type}, with {@code mapper}.
     *
     * @param mapper must not be changed any more; must write equal values alike
     * @param type the type with its type arguments
     */
    public JsonSerde(ObjectMapper mapper, TypeRef<T> type) {
        this.type = mapper.constructType(type.type());
        this.reader = mapper.readerFor(this.type);
        this.writer = mapper.writerFor(this.type);
    }

    @Override
    public Bytes serialize(T value) {
        try {
            return Bytes.wrap(writer.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new SerdeException("todo", e);
        }
    }

    @Override
    public T deserialize(Bytes bytes) {
        try {
            return reader.readValue(bytes.array());
        } catch (IOException e) {
            throw new SerdeException("todo", e);
        }
    }

    @Override
    public Optional<String> contentType() {
        return Optional.of("application/json");
    }

    @Override
    public String toString() {
        return "JSON of " + type.toCanonical();
    }
}
