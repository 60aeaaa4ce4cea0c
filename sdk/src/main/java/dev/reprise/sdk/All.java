package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code RestatePromise.all} of two to eight promises gives: a promise of a {@link Tuple} whose {@code map} can
 * also take a function of that many arguments.
 *
 * {@snippet :
 * Itinerary itinerary = RestatePromise.all(flight, hotel, quote).map(Itinerary::new).await();
 * }
 *
 * @param <T> the type of the tuple
 */
public sealed interface All<T extends Tuple> extends RestatePromise<T> {
    /** The same promise, without the other {@code map}. */
    RestatePromise<T> promise();

    @Override
    default T await() {
        return promise().await();
    }

    @Override
    default T await(Duration timeout) {
        return promise().await(timeout);
    }

    @Override
    @CheckReturnValue
    default <R extends @Nullable Object> RestatePromise<R> map(Function<? super T, ? extends R> function) {
        return promise().map(function);
    }

    @Override
    @CheckReturnValue
    default <R extends @Nullable Object> RestatePromise<R> then(
            Function<? super T, ? extends RestatePromise<? extends R>> function) {
        return promise().then(function);
    }

    @Override
    @CheckReturnValue
    default RestatePromise<T> recover(Function<? super TerminalException, ? extends T> function) {
        return promise().recover(function);
    }

    @Override
    @CheckReturnValue
    default RestatePromise<T> orTimeout(Duration timeout) {
        return promise().orTimeout(timeout);
    }

    @Override
    default boolean isSettled() {
        return promise().isSettled();
    }

    @Override
    default void cancel() {
        promise().cancel();
    }

    /** Two promises at once. */
    record Of2<A extends @Nullable Object, B extends @Nullable Object>(RestatePromise<Tuple.Of2<A, B>> promise)
            implements All<Tuple.Of2<A, B>> {
        /** As {@link RestatePromise#map}, with a function of 2 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(
                BiFunction<? super A, ? super B, ? extends R> function) {
            return promise.map(t -> function.apply(t.first(), t.second()));
        }
    }

    /** Three promises at once. */
    record Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
            RestatePromise<Tuple.Of3<A, B, C>> promise) implements All<Tuple.Of3<A, B, C>> {
        /** As {@link RestatePromise#map}, with a function of 3 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function3<A, B, C, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third()));
        }
    }

    /** Four promises at once. */
    record Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>(
            RestatePromise<Tuple.Of4<A, B, C, D>> promise) implements All<Tuple.Of4<A, B, C, D>> {
        /** As {@link RestatePromise#map}, with a function of 4 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function4<A, B, C, D, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth()));
        }
    }

    /** Five promises at once. */
    record Of5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>(
            RestatePromise<Tuple.Of5<A, B, C, D, E>> promise) implements All<Tuple.Of5<A, B, C, D, E>> {
        /** As {@link RestatePromise#map}, with a function of 5 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function5<A, B, C, D, E, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth()));
        }
    }

    /** Six promises at once. */
    record Of6<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>(
            RestatePromise<Tuple.Of6<A, B, C, D, E, F>> promise) implements All<Tuple.Of6<A, B, C, D, E, F>> {
        /** As {@link RestatePromise#map}, with a function of 6 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function6<A, B, C, D, E, F, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth()));
        }
    }

    /** Seven promises at once. */
    record Of7<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>(
            RestatePromise<Tuple.Of7<A, B, C, D, E, F, G>> promise) implements All<Tuple.Of7<A, B, C, D, E, F, G>> {
        /** As {@link RestatePromise#map}, with a function of 7 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function7<A, B, C, D, E, F, G, R> function) {
            return promise.map(t ->
                    function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh()));
        }
    }

    /** Eight promises at once. */
    record Of8<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>(
            RestatePromise<Tuple.Of8<A, B, C, D, E, F, G, H>> promise)
            implements All<Tuple.Of8<A, B, C, D, E, F, G, H>> {
        /** As {@link RestatePromise#map}, with a function of 8 arguments. */
        @CheckReturnValue
        public <R extends @Nullable Object> RestatePromise<R> map(Function8<A, B, C, D, E, F, G, H, R> function) {
            return promise.map(t -> function.apply(
                    t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh(), t.eighth()));
        }
    }

    /** A function of 3 arguments. */
    @FunctionalInterface
    interface Function3<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object> {
        /** The result for these arguments. */
        R apply(A first, B second, C third);
    }

    /** A function of 4 arguments. */
    @FunctionalInterface
    interface Function4<
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
    interface Function5<
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
    interface Function6<
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
    interface Function7<
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
    interface Function8<
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
