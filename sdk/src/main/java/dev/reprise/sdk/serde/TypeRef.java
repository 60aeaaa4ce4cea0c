package dev.reprise.sdk.serde;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a {@link Class} cannot express.
 *
 * <pre>{@code
 * var type = new TypeRef<List<String>>() {};
 * }</pre>
 *
 * <p>Immutable. Two references are equal if their types are.
 *
 * @param <T> the type
 */
public abstract non-sealed class TypeRef<T extends @Nullable Object> implements TypeDescriptor<T> {
    private final Type type;

    /**
     * Reads {@code T} from the subclass.
     *
     * @throws IllegalStateException when the subclass does not name a type
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException(
                    "Expected a direct subclass that names a type, such as new TypeRef<List<String>>() {}, found "
                            + getClass().getName() + ". Write the type between the angle brackets.");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** A type without type arguments. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new Known<>(type);
    }

    /** A type known from reflection. */
    public static TypeRef<?> of(Type type) {
        return new Known<>(type);
    }

    /** The type as reflection knows it. */
    public final Type type() {
        return type;
    }

    @Override
    public final Serde<T> serde(SerdeFactory factory) {
        return factory.create(this);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class Known<T extends @Nullable Object> extends TypeRef<T> {
        Known(Type type) {
            super(type);
        }
    }
}
