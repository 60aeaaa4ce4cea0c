package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The values of several promises, each with its own type, as {@code RestatePromise.all} of two to eight promises gives
 * them. Immutable.
 */
public sealed interface Tuple {
    /** Two values. */
    record Of2<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Tuple {}

    /** Three values. */
    record Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
            A first, B second, C third) implements Tuple {}

    /** Four values. */
    record Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>(
            A first, B second, C third, D fourth) implements Tuple {}

    /** Five values. */
    record Of5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>(
            A first, B second, C third, D fourth, E fifth) implements Tuple {}

    /** Six values. */
    record Of6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>(
            A first, B second, C third, D fourth, E fifth, F sixth) implements Tuple {}

    /** Seven values. */
    record Of7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>(
            A first, B second, C third, D fourth, E fifth, F sixth, G seventh) implements Tuple {}

    /** Eight values. */
    record Of8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>(
            A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth) implements Tuple {}
}
