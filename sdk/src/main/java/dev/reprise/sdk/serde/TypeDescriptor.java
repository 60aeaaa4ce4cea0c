package dev.reprise.sdk.serde;

import org.jspecify.annotations.Nullable;

/**
 * Describes the type of a value where a {@link Class} is not enough: a {@link TypeRef} names a generic type, whose
 * values are serialized by the serde that the service's {@link SerdeFactory} has for it; a {@link Serde} serializes the
 * values itself.
 *
 * @param <T> the type of the values
 */
public sealed interface TypeDescriptor<T extends @Nullable Object> permits Serde, TypeRef {
    /**
     * The serde for values of the type.
     *
     * @param factory chooses the serde if this does not
     * @throws SerdeException when the factory has no serde for the type
     */
    Serde<T> serde(SerdeFactory factory);
}
