package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.promise.Joiners;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Branches that belong together and end together: structured concurrency that survives a crash. The names are those of
 * the JDK's {@code StructuredTaskScope}.
 *
 * {@snippet :
 * try (var scope = ctx.scope(Scope.Joiner.allSuccessfulOrThrow())) {
 *     var flight = scope.fork("flight", c -> bookFlight(c, trip));
 *     var hotel = scope.fork("hotel", c -> bookHotel(c, trip));
 *     scope.join();
 *     return new Booking(flight.get(), hotel.get());
 * }
 * }
 *
 * <p>The {@link Joiner} decides when the scope is over and what {@link #join} returns. A scope that is over cancels
 * the branches that still run, as {@link Branch} describes; {@link #close} does so too, and waits until all of them
 * have ended. So no branch outlives the block. Scopes nest: a branch may open its own, and cancelling a branch
 * cancels those first.
 *
 * <p>Belongs to the handler or branch that opened it, which alone may use it; another one gets an {@link
 * IllegalStateException}. A failure that is not terminal fails the attempt; the scope does not see it.
 *
 * @param <C> the context that the branches get
 * @param <T> what all branches give
 * @param <R> what {@link #join} gives
 */
public interface Scope<C extends Context, T extends @Nullable Object, R extends @Nullable Object>
        extends AutoCloseable {
    /**
     * Ends the scope after a duration, measured from now by a durable timer. Branches that still run are cancelled
     * then, and {@link #join} throws a {@link TimeoutException} unless the joiner's {@link Joiner#onTimeout} does
     * otherwise.
     *
     * @param timeout not negative. Counted in milliseconds
     * @return this scope
     * @throws IllegalStateException when it has a timeout, or was joined or closed
     */
    Scope<C, T, R> withTimeout(Duration timeout);

    /**
     * Names the scope, for people: in logs and reports its branches are called by this name and their own, as {@code
     * trip/flight}, and the timer of its timeout has this name. Call it before anything else.
     *
     * @return this scope
     * @throws IllegalStateException when it has a name, a timeout or a branch, or was joined or closed
     */
    Scope<C, T, R> withName(String name);

    /**
     * Forks a branch, see {@link Context#fork}. In a scope that is over the branch is cancelled from the start and
     * never runs.
     *
     * @param name what it is called in logs and reports
     * @throws IllegalStateException when the scope was joined or closed
     */
    <U extends T> Branch<U> fork(String name, Body<? super C, ? extends U> body);

    /**
     * Waits until all branches have settled, or the joiner or the timeout has ended the scope, and gives the joiner's
     * result. Call it once; after a {@link CancelledException} it may be called again.
     *
     * @throws TerminalException if the joiner fails the scope: the failure of a branch, unwrapped
     * @throws TimeoutException when the timeout has expired, unless the joiner decides otherwise
     * @throws CancelledException when the invocation, or the branch that opened the scope, is cancelled
     * @throws IllegalStateException when the scope was joined or closed
     */
    R join();

    /** Whether the scope is over: by its joiner, by its timeout, or because it was closed. */
    boolean isCancelled();

    /**
     * Cancels the branches that still run and waits until all have ended. A cancellation that arrives meanwhile is
     * thrown afterwards.
     *
     * @throws IllegalStateException when branches were forked and never joined, as the JDK's scopes do
     */
    @Override
    void close();

    /** What a branch of a scope does. */
    @FunctionalInterface
    interface Body<C extends Context, T extends @Nullable Object> {
        /**
         * Goes on beside the rest of the handler.
         *
         * @param ctx the branch's own context
         * @throws TerminalException to reject the branch's promise
         * @throws Exception any other fails the attempt
         */
        T run(C ctx) throws Exception;
    }

    /**
     * Decides when a scope is over, and what {@link Scope#join} returns. A joiner serves one scope. Its methods are
     * called in the order of the journal, so a joiner of your own that depends on nothing else decides alike in every
     * replay.
     *
     * <p>The names are those of JDK 26 to 28; JDK 25 called {@code anySuccessfulOrThrow} {@code
     * anySuccessfulResultOrThrow}. Where the JDK throws a wrapper, this throws what the branch threw: a wrapper would
     * be retried.
     *
     * @param <T> what all branches give
     * @param <R> what {@link Scope#join} gives
     */
    interface Joiner<T extends @Nullable Object, R extends @Nullable Object> {
        /** A branch was forked; whether the scope is over. */
        default boolean onFork(Branch<? extends T> branch) {
            return false;
        }

        /** The promise of a branch has settled while the scope was not over; whether it is now. */
        default boolean onComplete(Branch<? extends T> branch) {
            return false;
        }

        /**
         * The time is over; {@link #result} follows unless this throws. Throws a {@link TimeoutException} if not
         * overridden.
         */
        default void onTimeout() {
            throw new TimeoutException("The scope's time is over.");
        }

        /** What {@link Scope#join} gives or throws. */
        R result();

        /** Every branch must succeed: gives all values in the order of forking, or throws the first failure. */
        @CheckReturnValue
        static <T extends @Nullable Object> Joiner<T, List<T>> allSuccessfulOrThrow() {
            return Joiners.allSuccessfulOrThrow();
        }

        /** One branch must succeed: gives the first value, or throws the first failure when all have failed. */
        @CheckReturnValue
        static <T extends @Nullable Object> Joiner<T, T> anySuccessfulOrThrow() {
            return Joiners.anySuccessfulOrThrow();
        }

        /**
         * Every branch must succeed: throws the first failure. For branches of different types; ask each one for its
         * value.
         */
        @CheckReturnValue
        static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAllSuccessfulOrThrow() {
            return Joiners.awaitAllSuccessfulOrThrow();
        }

        /** Waits for every branch, whether it succeeds or fails. */
        @CheckReturnValue
        static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAll() {
            return Joiners.awaitAll();
        }

        /**
         * Waits until a branch has settled of which {@code isDone} says that it is enough, or all have: gives all
         * branches in the order of forking. When the time is over it gives them too.
         */
        @CheckReturnValue
        static <T extends @Nullable Object> Joiner<T, List<Branch<? extends T>>> allUntil(
                Predicate<? super Branch<? extends T>> isDone) {
            return Joiners.allUntil(isDone);
        }
    }
}
