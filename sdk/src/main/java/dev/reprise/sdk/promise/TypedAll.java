package dev.reprise.sdk.promise;

import dev.reprise.sdk.All;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Tuple;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code RestatePromise.all} of two to eight promises of different types. Only the types differ from the one of lists. */
public final class TypedAll {
    private TypedAll() {}

    /** Of 2. */
    public static final class Of2<A extends @Nullable Object, B extends @Nullable Object>
            extends PromiseNode<Tuple.Of2<A, B>> implements All.Of2<A, B> {
        /** All of these. */
        public Of2(RestatePromise<A> first, RestatePromise<B> second) {
            super(Rules.all(2, () -> new Tuple.Of2<>(value(first), value(second))), Arrays.asList(first, second));
        }
    }

    /** Of 3. */
    public static final class Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends PromiseNode<Tuple.Of3<A, B, C>> implements All.Of3<A, B, C> {
        /** All of these. */
        public Of3(RestatePromise<A> first, RestatePromise<B> second, RestatePromise<C> third) {
            super(
                    Rules.all(3, () -> new Tuple.Of3<>(value(first), value(second), value(third))),
                    Arrays.asList(first, second, third));
        }
    }

    /** Of 4. */
    public static final class Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends PromiseNode<Tuple.Of4<A, B, C, D>> implements All.Of4<A, B, C, D> {
        /** All of these. */
        public Of4(
                RestatePromise<A> first, RestatePromise<B> second, RestatePromise<C> third, RestatePromise<D> fourth) {
            super(
                    Rules.all(4, () -> new Tuple.Of4<>(value(first), value(second), value(third), value(fourth))),
                    Arrays.asList(first, second, third, fourth));
        }
    }

    /** Of 5. */
    public static final class Of5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends PromiseNode<Tuple.Of5<A, B, C, D, E>> implements All.Of5<A, B, C, D, E> {
        /** All of these. */
        public Of5(
                RestatePromise<A> first,
                RestatePromise<B> second,
                RestatePromise<C> third,
                RestatePromise<D> fourth,
                RestatePromise<E> fifth) {
            super(
                    Rules.all(
                            5,
                            () -> new Tuple.Of5<>(
                                    value(first), value(second), value(third), value(fourth), value(fifth))),
                    Arrays.asList(first, second, third, fourth, fifth));
        }
    }

    /** Of 6. */
    public static final class Of6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            extends PromiseNode<Tuple.Of6<A, B, C, D, E, F>> implements All.Of6<A, B, C, D, E, F> {
        /** All of these. */
        public Of6(
                RestatePromise<A> first,
                RestatePromise<B> second,
                RestatePromise<C> third,
                RestatePromise<D> fourth,
                RestatePromise<E> fifth,
                RestatePromise<F> sixth) {
            super(
                    Rules.all(
                            6,
                            () -> new Tuple.Of6<>(
                                    value(first),
                                    value(second),
                                    value(third),
                                    value(fourth),
                                    value(fifth),
                                    value(sixth))),
                    Arrays.asList(first, second, third, fourth, fifth, sixth));
        }
    }

    /** Of 7. */
    public static final class Of7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            extends PromiseNode<Tuple.Of7<A, B, C, D, E, F, G>> implements All.Of7<A, B, C, D, E, F, G> {
        /** All of these. */
        public Of7(
                RestatePromise<A> first,
                RestatePromise<B> second,
                RestatePromise<C> third,
                RestatePromise<D> fourth,
                RestatePromise<E> fifth,
                RestatePromise<F> sixth,
                RestatePromise<G> seventh) {
            super(
                    Rules.all(
                            7,
                            () -> new Tuple.Of7<>(
                                    value(first),
                                    value(second),
                                    value(third),
                                    value(fourth),
                                    value(fifth),
                                    value(sixth),
                                    value(seventh))),
                    Arrays.asList(first, second, third, fourth, fifth, sixth, seventh));
        }
    }

    /** Of 8. */
    public static final class Of8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            extends PromiseNode<Tuple.Of8<A, B, C, D, E, F, G, H>> implements All.Of8<A, B, C, D, E, F, G, H> {
        /** All of these. */
        public Of8(
                RestatePromise<A> first,
                RestatePromise<B> second,
                RestatePromise<C> third,
                RestatePromise<D> fourth,
                RestatePromise<E> fifth,
                RestatePromise<F> sixth,
                RestatePromise<G> seventh,
                RestatePromise<H> eighth) {
            super(
                    Rules.all(
                            8,
                            () -> new Tuple.Of8<>(
                                    value(first),
                                    value(second),
                                    value(third),
                                    value(fourth),
                                    value(fifth),
                                    value(sixth),
                                    value(seventh),
                                    value(eighth))),
                    Arrays.asList(first, second, third, fourth, fifth, sixth, seventh, eighth));
        }
    }

    private static <T extends @Nullable Object> T value(RestatePromise<T> promise) {
        return PromiseNode.<T>of(promise).result();
    }
}
