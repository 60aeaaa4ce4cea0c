package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.promise.Combinators;
import dev.reprise.sdk.promise.PromiseNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The result of a durable step, call, timer and so on, or of several of them combined. The operation behind it
 * proceeds whether or not anyone awaits it, and its result is recorded when it completes.
 *
 * <p>The combinators are those of ECMAScript's {@code Promise} and decide as those do, with two differences that
 * make every replay decide alike: promises settle in the order in which the journal holds their results, one by one,
 * and only while the handler awaits something; and the functions given to {@link #map} and {@link #recover} run only
 * when their result is awaited. A combinator of promises that have already settled, or that one result settles
 * together, sees them in the order of its arguments.
 *
 * {@snippet :
 * RestatePromise.all(flight, hotel, quote.orTimeout(Duration.ofSeconds(5)))
 *     .map(Itinerary::new)
 *     .await();
 * }
 *
 * <p>A promise can be awaited again and used in several combinators. It belongs to its handler's thread and attempt:
 * used on another thread, in the closure of a run, or after the handler has ended it throws {@link
 * IllegalStateException}; in a combinator with promises of another handler {@link IllegalArgumentException}.
 * Promises may be nested {@value #NESTING_MAX} deep; nesting them deeper throws {@link IllegalArgumentException}.
 *
 * @param <T> the type of the value
 */
public sealed interface RestatePromise<T extends @Nullable Object>
        permits PromiseNode, CallPromise, Branch, Choice, All {
    /** How deep promises may be nested; the single ones have depth 0. */
    int NESTING_MAX = 490;

    /**
     * Waits until it has settled, and returns its value. Meanwhile the engine may suspend this attempt and start
     * another when there is a result; the handler does not notice.
     *
     * @throws TerminalException if it was rejected
     * @throws CancelledException if the invocation was cancelled and this promise has not settled yet
     */
    T await();

    /**
     * Waits until it has settled, but no longer than {@code timeout}; as {@link #orTimeout}.
     *
     * @param timeout not negative; counted in milliseconds
     * @throws TimeoutException if it has not settled in time
     * @throws TerminalException if it was rejected
     * @throws CancelledException if the invocation was cancelled and this promise has not settled yet
     */
    T await(Duration timeout);

    /**
     * The promise of a function of its value. A {@link TerminalException} of the function rejects the new promise;
     * any other exception is thrown from the await of the promise, and fails the attempt like any exception of the
     * handler.
     *
     * @param function runs at most once, on the handler's thread, and only when the new promise or a combinator of it
     *     is awaited
     */
    @CheckReturnValue
    <R extends @Nullable Object> RestatePromise<R> map(Function<? super T, ? extends R> function);

    /**
     * Chains an operation that starts when this one has succeeded, without waiting here: a promise that settles like
     * the one that {@code function} returns for the value.
     *
     * @param function runs like that of {@link #map}. The promise that it returns must not depend on the result of this
     *     method
     */
    @CheckReturnValue
    <R extends @Nullable Object> RestatePromise<R> then(
            Function<? super T, ? extends RestatePromise<? extends R>> function);

    /**
     * A promise of the same value or, if this one is rejected, of what {@code function} returns for the failure. A
     * {@link TerminalException} of the function rejects the new promise.
     *
     * @param function runs at most once, on the handler's thread, and only when the new promise or a combinator of it
     *     is awaited
     */
    @CheckReturnValue
    RestatePromise<T> recover(Function<? super TerminalException, ? extends T> function);

    /**
     * A promise that settles as this one does, or is rejected with a {@link TimeoutException}, whichever comes first.
     *
     * @param timeout from now on; not negative. Counted in milliseconds
     */
    @CheckReturnValue
    RestatePromise<T> orTimeout(Duration timeout);

    /**
     * Whether it has settled, so that {@link #await} does not wait. Results that have arrived since the handler last
     * waited do not count yet; and a promise of a function or of a signal settles only when it is awaited.
     */
    boolean isSettled();

    /**
     * Gives up the operation behind this promise, and rejects the promise with {@link PromiseCancelledException}.
     * Does nothing to a promise that has settled. Every replay gives up the same operations.
     *
     * <ul>
     *   <li>A run: its closure is interrupted if it is executing; its result is ignored, now and in every replay.
     *   <li>A call: the called invocation is cancelled, unless others may be waiting for it, see {@link
     *       CallPromise#cancelShared}.
     *   <li>A branch: see {@link Branch}.
     *   <li>A timer, an awakeable, a signal and everything else: its result is ignored. A signal that arrives later
     *       settles the next promise of its name.
     *   <li>A combinator, or a promise of a function: the promises it is made of are cancelled, from left to right,
     *       except those that another unsettled promise is made of or that another branch awaits.
     * </ul>
     */
    void cancel();

    /** Whether {@code value} is a promise. */
    static boolean isRestatePromise(@Nullable Object value) {
        return value instanceof RestatePromise<?>;
    }

    /** A promise that is fulfilled. It belongs to no handler and may be used in any. */
    @CheckReturnValue
    static <T extends @Nullable Object> RestatePromise<T> resolve(T value) {
        return Combinators.resolve(value);
    }

    /** A promise that is rejected. It belongs to no handler and may be used in any. */
    @CheckReturnValue
    static <T extends @Nullable Object> RestatePromise<T> reject(TerminalException reason) {
        return Combinators.reject(reason);
    }

    /**
     * Resolves to all values, in the order of the promises, when every promise is fulfilled; rejected as soon as one
     * is. Of no promises: an empty list.
     */
    @CheckReturnValue
    static <T extends @Nullable Object> RestatePromise<List<T>> all(
            List<? extends RestatePromise<? extends T>> promises) {
        return Combinators.all(promises);
    }

    /** Settles as the first promise that settles does. Of no promises: never settles. */
    @CheckReturnValue
    static <T extends @Nullable Object> Choice<T> race(List<? extends RestatePromise<? extends T>> promises) {
        return Combinators.race(promises);
    }

    /** As {@link #race(List)}. */
    @CheckReturnValue
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T extends @Nullable Object> Choice<T> race(RestatePromise<? extends T>... promises) {
        return Combinators.race(Arrays.asList(promises));
    }

    /**
     * Resolves to the value of the first promise that is fulfilled; rejected with an {@link AggregateException} of all
     * reasons when every promise is. Of no promises: rejected with no reasons.
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Choice<T> any(List<? extends RestatePromise<? extends T>> promises) {
        return Combinators.any(promises);
    }

    /** As {@link #any(List)}. */
    @CheckReturnValue
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T extends @Nullable Object> Choice<T> any(RestatePromise<? extends T>... promises) {
        return Combinators.any(Arrays.asList(promises));
    }

    /**
     * Resolves to how each promise ended, in the order of the promises, when every promise has settled. Never rejected.
     * Of no promises: an empty list.
     */
    @CheckReturnValue
    static <T extends @Nullable Object> RestatePromise<List<Settled<T>>> allSettled(
            List<? extends RestatePromise<? extends T>> promises) {
        return Combinators.allSettled(promises);
    }

    /** As {@link #allSettled(List)}. */
    @CheckReturnValue
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T extends @Nullable Object> RestatePromise<List<Settled<T>>> allSettled(
            RestatePromise<? extends T>... promises) {
        return Combinators.allSettled(Arrays.asList(promises));
    }

    /**
     * Waits for one of several alternatives of different types: resolves to the value of the first promise that
     * settles, mapped to a common type by the function given with it; rejected if that promise is.
     *
     * {@snippet :
     * Answer answer = RestatePromise.select(
     *         RestatePromise.when(approval, Approved::new), RestatePromise.when(ctx.timer(day), ignored -> new Late()))
     *     .await();
     * }
     */
    @CheckReturnValue
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <R extends @Nullable Object> Choice<R> select(Choice.Alternative<?, ? extends R>... alternatives) {
        return Combinators.race(
                Arrays.stream(alternatives).map(Choice.Alternative::mapped).toList());
    }

    /** An alternative of {@link #select}. {@code function} is applied to the promise's value, and only if it wins. */
    @CheckReturnValue
    static <T extends @Nullable Object, R extends @Nullable Object> Choice.Alternative<T, R> when(
            RestatePromise<T> promise, Function<? super T, ? extends R> function) {
        return new Choice.Alternative<>(promise, function);
    }

    /**
     * Iterates over the promises in the order in which they settle. Each step waits for the next promise and returns
     * it settled. Can be iterated more than once.
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Iterable<RestatePromise<T>> asCompleted(
            List<? extends RestatePromise<T>> promises) {
        return Combinators.asCompleted(promises);
    }

    /**
     * Resolves when {@code count} of the promises have settled, to the settled ones and the others. Never rejected.
     *
     * @param count from 0 to the number of promises
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    static <T extends @Nullable Object> RestatePromise<Completed<T>> waitCompleted(
            int count, List<? extends RestatePromise<T>> promises) {
        return Combinators.waitCompleted(count, promises);
    }

    /**
     * Resolves as soon as {@code count} of the promises are fulfilled; rejected with an {@link AggregateException}
     * as soon as that has become impossible.
     *
     * @param count from 0 to the number of promises
     * @throws IllegalArgumentException when it is not
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Choice<Choice.Quorum<T>> atLeast(
            int count, List<? extends RestatePromise<T>> promises) {
        return Combinators.atLeast(count, promises);
    }

    /** As {@link #atLeast}, of more than half of the promises. */
    @CheckReturnValue
    static <T extends @Nullable Object> Choice<Choice.Quorum<T>> majority(List<? extends RestatePromise<T>> promises) {
        return Combinators.atLeast(promises.size() / 2 + 1, promises);
    }

    /** As {@link #all(List)}, with 2 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B> All.Of2<A, B> all(RestatePromise<A> a, RestatePromise<B> b) {
        return new All.Of2<>(Combinators.tuple(a, b));
    }

    /** As {@link #all(List)}, with 3 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C> All.Of3<A, B, C> all(RestatePromise<A> a, RestatePromise<B> b, RestatePromise<C> c) {
        return new All.Of3<>(Combinators.tuple(a, b, c));
    }

    /** As {@link #all(List)}, with 4 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C, D> All.Of4<A, B, C, D> all(
            RestatePromise<A> a, RestatePromise<B> b, RestatePromise<C> c, RestatePromise<D> d) {
        return new All.Of4<>(Combinators.tuple(a, b, c, d));
    }

    /** As {@link #all(List)}, with 5 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C, D, E> All.Of5<A, B, C, D, E> all(
            RestatePromise<A> a, RestatePromise<B> b, RestatePromise<C> c, RestatePromise<D> d, RestatePromise<E> e) {
        return new All.Of5<>(Combinators.tuple(a, b, c, d, e));
    }

    /** As {@link #all(List)}, with 6 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C, D, E, F> All.Of6<A, B, C, D, E, F> all(
            RestatePromise<A> a,
            RestatePromise<B> b,
            RestatePromise<C> c,
            RestatePromise<D> d,
            RestatePromise<E> e,
            RestatePromise<F> f) {
        return new All.Of6<>(Combinators.tuple(a, b, c, d, e, f));
    }

    /** As {@link #all(List)}, with 7 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C, D, E, F, G> All.Of7<A, B, C, D, E, F, G> all(
            RestatePromise<A> a,
            RestatePromise<B> b,
            RestatePromise<C> c,
            RestatePromise<D> d,
            RestatePromise<E> e,
            RestatePromise<F> f,
            RestatePromise<G> g) {
        return new All.Of7<>(Combinators.tuple(a, b, c, d, e, f, g));
    }

    /** As {@link #all(List)}, with 8 types. */
    @CheckReturnValue
    @NullUnmarked
    static <A, B, C, D, E, F, G, H> All.Of8<A, B, C, D, E, F, G, H> all(
            RestatePromise<A> a,
            RestatePromise<B> b,
            RestatePromise<C> c,
            RestatePromise<D> d,
            RestatePromise<E> e,
            RestatePromise<F> f,
            RestatePromise<G> g,
            RestatePromise<H> h) {
        return new All.Of8<>(Combinators.tuple(a, b, c, d, e, f, g, h));
    }
}
