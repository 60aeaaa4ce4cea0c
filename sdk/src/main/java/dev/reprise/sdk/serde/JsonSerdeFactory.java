package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.reprise.protocol.Bytes;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson for every type but {@code void}, {@link Void}, {@code byte[]} and {@link Bytes}.
 *
 * <p>The standard mapper writes equal values alike in every process, maps in the order of their keys and sets without an
 * order of their own in that of their elements, so that a replay equals its journal. It writes times as text.
 *
 * <p>It ignores properties it does not know, so that a newer caller can talk to an older handler. Properties that are left out
 * are {@code null}, empty for an {@link java.util.Optional}, and 0 or {@code false} for a primitive, in records too, so that a
 * newer handler understands an older caller, and reads the state and the journal that an older version wrote. So is a primitive
 * property that is {@code null}, as Jackson 2 has it by default. {@code @JsonProperty(required = true)} refuses what is left out;
 * to be stricter everywhere, give a mapper of your own.
 */
public final class JsonSerdeFactory implements SerdeFactory {
    static final JsonSerdeFactory STANDARD = new JsonSerdeFactory();

    private final ObjectMapper mapper;

    /** With the standard mapper. */
    public JsonSerdeFactory() {
        this(JsonMapper.builder(JsonFactory.builder()
                        // Handlers and runs have threads of their own, so what a thread keeps is never used again.
                        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                        .build())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("stable sets").setSerializerModifier(new StableSets()))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build());
    }

    /**
     * With a mapper of your own.
     *
     * @param mapper must not be changed any more; must write equal values alike
     */
    public JsonSerdeFactory(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    @SuppressWarnings("unchecked") // each serde is chosen by the very type it is cast to
    public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
        Type raw = type.type();
        if (raw.equals(void.class) || raw.equals(Void.class)) {
            return (Serde<T>) Serde.none();
        }
        if (raw.equals(byte[].class)) {
            return (Serde<T>) Serde.raw();
        }
        if (raw.equals(Bytes.class)) {
            return (Serde<T>) BytesSerde.INSTANCE;
        }
        return new JsonSerde<>(mapper, type);
    }
}
