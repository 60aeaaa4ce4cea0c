package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON text, by Jackson. JSON's {@code null} is read as {@code null}, and refused where the value is a
 * primitive; no bytes at all are an error.
 *
 * @param <T> the type of the values
 */
public final class JsonSerde<T extends @Nullable Object> implements Serde<T> {
    private static final String CONTENT_TYPE = "application/json";

    private final ObjectMapper mapper;
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /**
     * Values of {@code type}, with {@code mapper}.
     *
     * @param mapper must not be changed any more; must write equal values identically
     * @param type the type with its type arguments
     * @throws SerdeException when what would be written for this type could not be read back, as with a future, an
     *     iterator or a class that Jackson cannot construct; nested types count as well
     */
    public JsonSerde(ObjectMapper mapper, TypeRef<T> type) {
        this(mapper, mapper.constructType(type.type()));
        RoundTrip.require(mapper, this.type);
    }

    /** Values that are only written: whether they could be read back does not matter. */
    static <T extends @Nullable Object> JsonSerde<T> writing(ObjectMapper mapper, TypeRef<T> type) {
        return new JsonSerde<>(mapper, mapper.constructType(type.type()));
    }

    private JsonSerde(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        ObjectReader any = mapper.readerFor(this.type);
        this.reader = this.type.isPrimitive() ? any.with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) : any;
        this.writer = mapper.writerFor(this.type);
    }

    @Override
    public Bytes serialize(T value) {
        try {
            return Bytes.wrap(writer.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new SerdeException(
                    "Expected a value that Jackson can write as " + this + ", found one it cannot: "
                            + e.getOriginalMessage() + ". Change the class, or use another serde.",
                    e);
        }
    }

    @Override
    public T deserialize(Bytes bytes) {
        if (bytes.isEmpty()) {
            throw new SerdeException(
                    "Expected " + this + ", found no bytes. Send a value with content type " + CONTENT_TYPE + ".",
                    null);
        }
        try {
            return reader.readValue(bytes.array());
        } catch (JsonProcessingException e) {
            throw new SerdeException(
                    "Expected " + this + ", found something else" + place(e.getLocation()) + ": "
                            + e.getOriginalMessage() + ". Send a value of that type.",
                    e);
        } catch (IOException e) {
            throw new SerdeException("Expected " + this + ", but it could not be read: " + e.getMessage(), e);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    @Override
    public Optional<String> contentType() {
        return Optional.of(CONTENT_TYPE);
    }

    /** What Jackson writes for this type, as a JSON Schema of draft 2020-12; empty for a type that it can only read. */
    @Override
    public Optional<String> jsonSchema() {
        return JsonSchema.of(type, mapper);
    }

    @Override
    public String toString() {
        return "JSON of " + type.toCanonical();
    }
}
