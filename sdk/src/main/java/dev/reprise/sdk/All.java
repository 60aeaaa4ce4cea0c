package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;

/**
 * What {@code RestatePromise.all} of two to eight promises gives: a promise of a {@link Tuple}, which also has a {@code
 * map} for a function of that many arguments. {@code All.Of2} to {@code All.Of8} differ only in their number.
 *
 * {@snippet :
 * Itinerary itinerary = RestatePromise.all(flight, hotel, quote).map(Itinerary::new).await();
 * }
 *
 * @param <T> the type of the tuple
 */
@NullUnmarked // as Tuple
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
    default <R> RestatePromise<R> map(Function<? super T, ? extends R> function) {
        return promise().map(function);
    }

    @Override
    @CheckReturnValue
    default <R> RestatePromise<R> then(Function<? super T, ? extends RestatePromise<? extends R>> function) {
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

    record Of2<A, B>(RestatePromise<Tuple.Of2<A, B>> promise) implements All<Tuple.Of2<A, B>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(BiFunction<? super A, ? super B, ? extends R> function) {
            return promise.map(t -> function.apply(t.first(), t.second()));
        }
    }

    record Of3<A, B, C>(RestatePromise<Tuple.Of3<A, B, C>> promise) implements All<Tuple.Of3<A, B, C>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function3<A, B, C, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third()));
        }
    }

    record Of4<A, B, C, D>(RestatePromise<Tuple.Of4<A, B, C, D>> promise) implements All<Tuple.Of4<A, B, C, D>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function4<A, B, C, D, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth()));
        }
    }

    record Of5<A, B, C, D, E>(RestatePromise<Tuple.Of5<A, B, C, D, E>> promise)
            implements All<Tuple.Of5<A, B, C, D, E>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function5<A, B, C, D, E, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth()));
        }
    }

    record Of6<A, B, C, D, E, F>(RestatePromise<Tuple.Of6<A, B, C, D, E, F>> promise)
            implements All<Tuple.Of6<A, B, C, D, E, F>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function6<A, B, C, D, E, F, R> function) {
            return promise.map(t -> function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth()));
        }
    }

    record Of7<A, B, C, D, E, F, G>(RestatePromise<Tuple.Of7<A, B, C, D, E, F, G>> promise)
            implements All<Tuple.Of7<A, B, C, D, E, F, G>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function7<A, B, C, D, E, F, G, R> function) {
            return promise.map(t ->
                    function.apply(t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh()));
        }
    }

    record Of8<A, B, C, D, E, F, G, H>(RestatePromise<Tuple.Of8<A, B, C, D, E, F, G, H>> promise)
            implements All<Tuple.Of8<A, B, C, D, E, F, G, H>> {
        @CheckReturnValue
        public <R> RestatePromise<R> map(Function8<A, B, C, D, E, F, G, H, R> function) {
            return promise.map(t -> function.apply(
                    t.first(), t.second(), t.third(), t.fourth(), t.fifth(), t.sixth(), t.seventh(), t.eighth()));
        }
    }

    @FunctionalInterface
    interface Function3<A, B, C, R> {
        R apply(A first, B second, C third);
    }

    @FunctionalInterface
    interface Function4<A, B, C, D, R> {
        R apply(A first, B second, C third, D fourth);
    }

    @FunctionalInterface
    interface Function5<A, B, C, D, E, R> {
        R apply(A first, B second, C third, D fourth, E fifth);
    }

    @FunctionalInterface
    interface Function6<A, B, C, D, E, F, R> {
        R apply(A first, B second, C third, D fourth, E fifth, F sixth);
    }

    @FunctionalInterface
    interface Function7<A, B, C, D, E, F, G, R> {
        R apply(A first, B second, C third, D fourth, E fifth, F sixth, G seventh);
    }

    @FunctionalInterface
    interface Function8<A, B, C, D, E, F, G, H, R> {
        R apply(A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth);
    }
}
