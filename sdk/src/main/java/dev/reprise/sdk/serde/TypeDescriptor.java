package dev.reprise.sdk.serde;

import org.jspecify.annotations.Nullable;

/**
 * Describes the type of a value where a {@link Class} does not say enough: a {@link TypeRef} names a generic type,
 * whose values are serialized by the serde that the service's {@link SerdeFactory} has for it; a {@link Serde}
 * serializes the values itself.
 *
 * @param <T> the type of the values
 */
public sealed interface TypeDescriptor<T extends @Nullable Object> permits Serde, TypeRef {
    /**
     * How values of the type are serialized.
     *
     * @param factory the one whose choice it is if this does not say
     * @throws SerdeException when the factory has no serde for the type
     */
    Serde<T> serde(SerdeFactory factory);
}
