package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.DeserializationFeature;
import org.jspecify.annotations.Nullable;

/**
 * JSON as {@link SerdeFactory#json()} writes it, read strictly: a property that the type does not have is refused. For
 * a service, {@code @Service(serde = StrictJson.class)}, or a handler it holds for the input, and for results its
 * callers read by method reference; for a service also for state, results of runs and what else its handlers read; for
 * a client for what it reads by a class.
 *
 * <p>A handler ends with code 400 for an input it refuses, and pauses for anything else. Mind that an older version of
 * the code then cannot read what a newer one with one more property has recorded.
 */
public final class StrictJson implements SerdeFactory {
    private static final JsonSerdeFactory JSON = new JsonSerdeFactory(JsonSerdeFactory.standardMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    /** All are alike. */
    public StrictJson() {}

    @Override
    public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
        return JSON.create(type);
    }

    @Override
    public <T> Serde<T> createWriter(Class<T> type) {
        return JSON.createWriter(type);
    }
}
