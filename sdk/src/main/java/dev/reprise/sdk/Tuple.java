package dev.reprise.sdk;

import org.jspecify.annotations.NullUnmarked;

/**
 * The values of several promises, each with its own type, as {@code RestatePromise.all} of two to eight promises gives
 * them. Immutable. A value may be null where its promise's may.
 */
@NullUnmarked // says once what eight bounds would say of each type
public sealed interface Tuple {
    record Of2<A, B>(A first, B second) implements Tuple {}

    record Of3<A, B, C>(A first, B second, C third) implements Tuple {}

    record Of4<A, B, C, D>(A first, B second, C third, D fourth) implements Tuple {}

    record Of5<A, B, C, D, E>(A first, B second, C third, D fourth, E fifth) implements Tuple {}

    record Of6<A, B, C, D, E, F>(A first, B second, C third, D fourth, E fifth, F sixth) implements Tuple {}

    record Of7<A, B, C, D, E, F, G>(A first, B second, C third, D fourth, E fifth, F sixth, G seventh)
            implements Tuple {}

    record Of8<A, B, C, D, E, F, G, H>(A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth)
            implements Tuple {}
}
