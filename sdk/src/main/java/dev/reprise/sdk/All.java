package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * The promises that {@code RestatePromise.all} of two to eight promises gives: promises of a {@link Tuple} whose
 * {@code map} can also take a function of that many arguments.
 *
 * {@snippet :
 * Itinerary itinerary = RestatePromise.all(flight, hotel, quote).map(Itinerary::new).await();
 * }
 */
public final class All {
    private All() {}

    /** Two promises at once. */
    public sealed interface Of2<A extends @Nullable Object, B extends @Nullable Object>
            extends RestatePromise<Tuple.Of2<A, B>> permits dev.reprise.sdk.promise.TypedAll.Of2 {
        /** As {@link RestatePromise#map}, with a function of 2 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function2<? super A, ? super B, ? extends R> function) {
            return map(t -> function.apply(t.first(), t.second()));
        }
    }

    /** Three promises at once. */
    public sealed interface Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends RestatePromise<Tuple.Of3<A, B, C>> permits dev.reprise.sdk.promise.TypedAll.Of3 {
        /** As {@link RestatePromise#map}, with a function of 3 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function3<? super A, ? super B, ? super C, ? extends R> function) {
            return map(t -> function.apply(t.first(), t.second(), t.third()));
        }
    }

    /** Four promises at once. */
    public sealed interface Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends RestatePromise<Tuple.Of4<A, B, C, D>> permits dev.reprise.sdk.promise.TypedAll.Of4 {
        /** As {@link RestatePromise#map}, with a function of 4 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function) {
            return map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth()));
        }
    }

    /** Five promises at once. */
    public sealed interface Of5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends RestatePromise<Tuple.Of5<A, B, C, D, E>> permits dev.reprise.sdk.promise.TypedAll.Of5 {
        /** As {@link RestatePromise#map}, with a function of 5 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function) {
            return map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth()));
        }
    }

    /** Six promises at once. */
    public sealed interface Of6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            extends RestatePromise<Tuple.Of6<A, B, C, D, E, F>> permits dev.reprise.sdk.promise.TypedAll.Of6 {
        /** As {@link RestatePromise#map}, with a function of 6 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R> function) {
            return map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth()));
        }
    }

    /** Seven promises at once. */
    public sealed interface Of7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            extends RestatePromise<Tuple.Of7<A, B, C, D, E, F, G>> permits dev.reprise.sdk.promise.TypedAll.Of7 {
        /** As {@link RestatePromise#map}, with a function of 7 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function7<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? super G, ? extends R>
                        function) {
            return map(t ->
                    function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh()));
        }
    }

    /** Eight promises at once. */
    public sealed interface Of8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            extends RestatePromise<Tuple.Of8<A, B, C, D, E, F, G, H>> permits dev.reprise.sdk.promise.TypedAll.Of8 {
        /** As {@link RestatePromise#map}, with a function of 8 arguments. */
        @CheckReturnValue
        default <R extends @Nullable Object> RestatePromise<R> map(
                Function8<
                                ? super A,
                                ? super B,
                                ? super C,
                                ? super D,
                                ? super E,
                                ? super F,
                                ? super G,
                                ? super H,
                                ? extends R>
                        function) {
            return map(t -> function.apply(
                    t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh(), t.eighth()));
        }
    }

    /** A function of 2 arguments. */
    @FunctionalInterface
    public interface Function2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second);
    }

    /** A function of 3 arguments. */
    @FunctionalInterface
    public interface Function3<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third);
    }

    /** A function of 4 arguments. */
    @FunctionalInterface
    public interface Function4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third, D fourth);
    }

    /** A function of 5 arguments. */
    @FunctionalInterface
    public interface Function5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third, D fourth, E fifth);
    }

    /** A function of 6 arguments. */
    @FunctionalInterface
    public interface Function6<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            F extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third, D fourth, E fifth, F sixth);
    }

    /** A function of 7 arguments. */
    @FunctionalInterface
    public interface Function7<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            F extends @Nullable Object,
            G extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third, D fourth, E fifth, F sixth, G seventh);
    }

    /** A function of 8 arguments. */
    @FunctionalInterface
    public interface Function8<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            F extends @Nullable Object,
            G extends @Nullable Object,
            H extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth);
    }
}
