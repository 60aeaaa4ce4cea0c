package dev.reprise.sdk.promise;

import dev.reprise.sdk.Choice;
import dev.reprise.sdk.Choice.Quorum;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The static functions of {@link RestatePromise}, where they are documented. */
public final class Combinators {
    private Combinators() {}

    /** A fulfilled promise. */
    public static <T extends @Nullable Object> RestatePromise<T> resolve(T value) {
        return new PromiseNode<>(new Outcome.Fulfilled<>(() -> value));
    }

    /** A rejected promise. */
    public static <T extends @Nullable Object> RestatePromise<T> reject(TerminalException reason) {
        return new PromiseNode<>(new Outcome.Rejected<>(Objects.requireNonNull(reason, "the reason of a rejection")));
    }

    /** All values, or the first failure. */
    public static <T extends @Nullable Object> RestatePromise<List<T>> all(
            List<? extends RestatePromise<? extends T>> promises) {
        List<RestatePromise<? extends T>> given = Collections.unmodifiableList(new ArrayList<>(promises));
        return new PromiseNode<>(Rules.all(given.size(), () -> values(given)), given);
    }

    /** All values as a tuple, or the first failure. */
    @SuppressWarnings("unchecked") // callers ask for the tuple of the types of these promises
    public static <T extends Tuple> RestatePromise<T> tuple(RestatePromise<?>... promises) {
        List<RestatePromise<?>> given = Arrays.asList(promises);
        return new PromiseNode<>(Rules.all(given.size(), () -> (T) tupleOf(values(given))), given);
    }

    private static Tuple tupleOf(List<? extends @Nullable Object> v) {
        return switch (v.size()) {
            case 2 -> new Tuple.Of2<>(v.get(0), v.get(1));
            case 3 -> new Tuple.Of3<>(v.get(0), v.get(1), v.get(2));
            case 4 -> new Tuple.Of4<>(v.get(0), v.get(1), v.get(2), v.get(3));
            case 5 -> new Tuple.Of5<>(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4));
            case 6 -> new Tuple.Of6<>(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5));
            case 7 -> new Tuple.Of7<>(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6));
            case 8 -> new Tuple.Of8<>(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7));
            default -> throw new IllegalArgumentException("Expected 2 to 8 promises, found " + v.size() + ".");
        };
    }

    private static <T extends @Nullable Object> List<T> values(List<RestatePromise<? extends T>> promises) {
        List<T> values = new ArrayList<>(promises.size());
        for (RestatePromise<? extends T> promise : promises) {
            values.add(PromiseNode.<T>of(promise).result());
        }
        return Collections.unmodifiableList(values);
    }

    /** The first to settle. */
    public static <T extends @Nullable Object> Choice<T> race(List<? extends RestatePromise<? extends T>> promises) {
        return new PendingChoice<>(new Rules.Race<T>(), promises);
    }

    /** The first value, or all failures. */
    public static <T extends @Nullable Object> Choice<T> any(List<? extends RestatePromise<? extends T>> promises) {
        return new PendingChoice<>(new Rules.Any<T>(promises.size()), promises);
    }

    /** The first {@code count} values, or a failure once there cannot be as many. */
    public static <T extends @Nullable Object> Choice<Quorum<T>> atLeast(
            int count, List<? extends RestatePromise<T>> promises) {
        if (count < 0 || count > promises.size()) {
            throw new IllegalArgumentException(
                    "Expected a count from 0 to the number of promises, " + promises.size() + ", found " + count + ".");
        }
        List<RestatePromise<T>> given = List.copyOf(promises);
        return new PendingChoice<>(new Rules.AtLeast<>(count, given), given);
    }

    /** How each ended. */
    public static <T extends @Nullable Object> RestatePromise<List<Settled<T>>> allSettled(
            List<? extends RestatePromise<? extends T>> promises) {
        return new PromiseNode<>(new Rules.AllSettled<T>(promises.size()), promises);
    }

    /** The first {@code count} to settle, and the others. */
    public static <T extends @Nullable Object> RestatePromise<Completed<T>> waitCompleted(
            int count, List<? extends RestatePromise<T>> promises) {
        return new PromiseNode<>(new CompletionOrder<T>(promises, count), promises);
    }

    /** Each promise as it settles, one after the other. */
    public static <T extends @Nullable Object> Iterable<RestatePromise<T>> asCompleted(
            List<? extends RestatePromise<T>> promises) {
        var order = new CompletionOrder<T>(promises, promises.size());
        var node = new PromiseNode<>(order, promises);
        return () -> new Steps<>(order, node);
    }

    private static final class Steps<T extends @Nullable Object> implements Iterator<RestatePromise<T>> {
        private final CompletionOrder<T> order;
        private final PromiseNode<Completed<T>> node;
        private int taken;

        Steps(CompletionOrder<T> order, PromiseNode<Completed<T>> node) {
            this.order = order;
            this.node = node;
        }

        @Override
        public boolean hasNext() {
            return taken < order.size();
        }

        @Override
        public RestatePromise<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException(
                        "Expected no more than " + taken + " promises to be asked for: all have been given.");
            }
            order.goal(taken + 1);
            node.awaitReached();
            return order.done(taken++);
        }
    }
}
