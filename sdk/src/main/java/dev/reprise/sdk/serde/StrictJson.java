package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.DeserializationFeature;
import org.jspecify.annotations.Nullable;

/**
 * JSON as {@link SerdeFactory#json()} writes it, read strictly: a property that the type does not have is refused. Use
 * it for a service, {@code @Service(serde = StrictJson.class)}, or for a single handler. For a handler it applies to
 * the input, and to results that its callers read by method reference; for a service also to state, results of runs and
 * whatever else its handlers read; for a client to what it reads by class.
 *
 * <p>A handler ends with code 400 if it refuses its input, and pauses if it refuses anything else. Note that an older
 * version of the code then cannot read what a newer one has recorded with one more property.
 */
public final class StrictJson implements SerdeFactory {
    private static final JsonSerdeFactory JSON = new JsonSerdeFactory(JsonSerdeFactory.standardMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    /** All instances are equal. */
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
