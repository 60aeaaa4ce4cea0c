package dev.reprise.sdk.handler;

import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A factory that is asked only once for each type. Any thread may use it. */
final class CachedSerdes implements SerdeFactory {
    private final SerdeFactory source;
    private final Map<TypeRef<?>, Serde<?>> known = new ConcurrentHashMap<>();
    private final Map<Class<?>, Serde<?>> knownWriters = new ConcurrentHashMap<>();

    CachedSerdes(SerdeFactory source) {
        this.source = source;
    }

    @Override
    @SuppressWarnings("unchecked") // each serde is kept under the type it was made for
    public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
        return (Serde<T>) known.computeIfAbsent(type, source::create);
    }

    @Override
    @SuppressWarnings("unchecked") // each serde is kept under the class it was made for
    public <T> Serde<T> createWriter(Class<T> type) {
        return (Serde<T>) knownWriters.computeIfAbsent(type, source::createWriter);
    }
}
