package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.reprise.protocol.Bytes;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson for every type but {@code void}, {@link Void}, {@code byte[]} and {@link Bytes}.
 *
 * <p>The standard mapper writes equal values identically in every process, so that a replay equals its journal: maps in
 * the order of their keys, and sets without an order of their own in that of their elements. It writes times as text.
 *
 * <p>It ignores unknown properties, so that a newer caller can talk to an older handler. Missing properties are {@code
 * null}, empty for an {@link java.util.Optional}, and 0 or {@code false} for a primitive, in records too, so that a
 * newer handler understands an older caller, and reads the state and the journal that an older version wrote. The same
 * holds for a primitive property that is {@code null}, as is Jackson 2's default. {@code @JsonProperty(required =
 * true)} refuses missing ones; {@link StrictJson} refuses unknown ones; to be stricter still, provide your own mapper,
 * based on {@link #standardMapper}.
 */
public final class JsonSerdeFactory implements SerdeFactory {
    /**
     * Everything in a journal was within the engine's limit for a message, so nothing that was written may be too long
     * to read.
     */
    private static final StreamReadConstraints ANY_LENGTH = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final int KNOWN_TYPES_MAX = 1000;

    static final JsonSerdeFactory STANDARD = new JsonSerdeFactory();

    private final ObjectMapper mapper;
    private final LRUMap<Type, Serde<?>> known = new LRUMap<>(16, KNOWN_TYPES_MAX);
    private final LRUMap<Class<?>, Serde<?>> knownWriters = new LRUMap<>(16, KNOWN_TYPES_MAX);

    /** With the standard mapper. */
    public JsonSerdeFactory() {
        this(standardMapper().build());
    }

    /**
     * The standard mapper before it is built, so that you can add a module or a feature. If {@code
     * jackson-module-kotlin} is present, it has that module.
     */
    public static JsonMapper.Builder standardMapper() {
        return JsonMapper.builder(JsonFactory.builder()
                        // Handlers and runs have threads of their own, so whatever a thread caches is never used again.
                        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                        .streamReadConstraints(ANY_LENGTH)
                        // Otherwise the time to read a number grows with the square of its digits.
                        .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                        .build())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModules(KotlinModules.found())
                .addModule(new SimpleModule("stable sets").setSerializerModifier(new StableSets()))
                .addModule(new SimpleModule("nothing lost")
                        .setSerializerModifier(new Unwritable())
                        .addKeySerializer(String.class, new TextKeys()))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }

    /**
     * With a mapper of your own.
     *
     * @param mapper must not be changed any more; must write equal values identically
     */
    public JsonSerdeFactory(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    @SuppressWarnings("unchecked") // each serde is kept under the type it was made for
    public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
        Serde<?> serde = known.get(type.type());
        if (serde == null) {
            serde = withoutJson(type.type()).orElseGet(() -> new JsonSerde<>(mapper, type));
            known.put(type.type(), serde);
        }
        return (Serde<T>) serde;
    }

    @Override
    @SuppressWarnings("unchecked") // each serde is kept under the class it was made for
    public <T> Serde<T> createWriter(Class<T> type) {
        Serde<?> serde = knownWriters.get(type);
        if (serde == null) {
            serde = withoutJson(type).orElseGet(() -> JsonSerde.writing(mapper, TypeRef.of(type)));
            knownWriters.put(type, serde);
        }
        return (Serde<T>) serde;
    }

    private static Optional<Serde<?>> withoutJson(Type raw) {
        if (raw.equals(void.class) || raw.equals(Void.class)) {
            return Optional.of(Serde.none());
        }
        if (raw.equals(byte[].class)) {
            return Optional.of(Serde.raw());
        }
        return raw.equals(Bytes.class) ? Optional.of(BytesSerde.INSTANCE) : Optional.empty();
    }
}
