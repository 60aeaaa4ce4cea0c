package dev.reprise.sdk.serde;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the serde of a type. Any thread may use it; it is asked once per handler, state key or promise type and not
 * per value.
 *
 * <p>A factory that is named in an annotation, such as {@code @Handler(serde = MyFactory.class)}, is constructed with
 * its constructor without parameters.
 */
public interface SerdeFactory {
    /**
     * The serde of {@code type}.
     *
     * @throws SerdeException when this factory has none for the type, or its values could not be read back
     */
    <T extends @Nullable Object> Serde<T> create(TypeRef<T> type);

    /**
     * The serde of a type without type arguments.
     *
     * @throws SerdeException when this factory has none for the type
     */
    default <T> Serde<T> create(Class<T> type) {
        return create(TypeRef.of(type));
    }

    /**
     * The serde that writes a value as its own class when nothing is read with it: an argument, or the value of a
     * signal. By default that of {@link #create(Class)}.
     *
     * @throws SerdeException when this factory has none for the type
     */
    default <T> Serde<T> createWriter(Class<T> type) {
        return create(type);
    }

    /**
     * The default factory: JSON by Jackson, nothing for {@code void} and {@link Void}, and bytes unchanged for {@code
     * byte[]} and {@link dev.reprise.protocol.Bytes}.
     */
    static SerdeFactory json() {
        return JsonSerdeFactory.STANDARD;
    }
}
