package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Choice.Quorum;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules by which promises are made of promises. Each holds the state of one promise. */
final class Rules {
    private Rules() {}

    /** ECMAScript's {@code Promise.all}: fulfilled with all values, or rejected with the first failure. */
    static <T extends @Nullable Object> Rule.Combining<T> all(int size, Supplier<? extends T> combination) {
        return new All<>(size, combination);
    }

    private static <T extends @Nullable Object> Outcome<T> evaluate(Supplier<? extends T> function) {
        try {
            T value = function.get();
            return new Outcome.Fulfilled<>(() -> value);
        } catch (CancelledException interrupted) {
            return new Outcome.Broken<>(
                    interrupted); // of the await inside, and therefore of the one outside: not the outcome of a promise
        } catch (TerminalException reason) {
            return new Outcome.Rejected<>(reason);
        } catch (Throwable cause) {
            return new Outcome.Broken<>(cause);
        }
    }

    @SuppressWarnings("unchecked") // callers know the type of the promise that they ask
    private static <T extends @Nullable Object> Outcome<T> outcomeOf(PromiseNode<?> child) {
        return (Outcome<T>) Objects.requireNonNull(child.outcome(), "it has settled");
    }

    private static final class All<T extends @Nullable Object> implements Rule.Combining<T> {
        private final Supplier<? extends T> combination;
        private int pending;

        All(int size, Supplier<? extends T> combination) {
            this.combination = combination;
            this.pending = size;
        }

        @Override
        public @Nullable Outcome<T> atFirst(PromiseNode<T> self) {
            return pending == 0 ? new Outcome.Fulfilled<>(combination) : null;
        }

        @Override
        public @Nullable Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            if (child.outcome() instanceof Outcome.Rejected<?>(TerminalException reason)) {
                return new Outcome.Rejected<>(reason);
            }
            pending--;
            return pending == 0 ? new Outcome.Fulfilled<>(combination) : null;
        }

        @Override
        public boolean counts() {
            return pending > 1;
        }

        @Override
        public Kind kind() {
            return Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
        }
    }

    /** ECMAScript's {@code Promise.any}: fulfilled with the first value, or rejected with all failures. */
    static final class Any<T extends @Nullable Object> implements Rule.Combining<T> {
        private int pending;

        Any(int size) {
            this.pending = size;
        }

        @Override
        public @Nullable Outcome<T> atFirst(PromiseNode<T> self) {
            return pending == 0 ? new Outcome.Rejected<>(new AggregateException(List.of())) : null;
        }

        @Override
        public @Nullable Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            if (!(child.outcome() instanceof Outcome.Rejected<?>)) {
                return outcomeOf(child);
            }
            pending--;
            return pending == 0 ? new Outcome.Rejected<>(new AggregateException(reasons(self))) : null;
        }

        private static List<TerminalException> reasons(PromiseNode<?> self) {
            List<TerminalException> reasons = new ArrayList<>();
            for (PromiseNode<?> child : self.children()) {
                if (child.outcome() instanceof Outcome.Rejected<?>(TerminalException reason)) {
                    reasons.add(reason);
                }
            }
            return reasons;
        }

        @Override
        public boolean counts() {
            return pending > 1;
        }

        @Override
        public Kind kind() {
            return Kind.FIRST_SUCCEEDED_OR_ALL_FAILED;
        }
    }

    /** ECMAScript's {@code Promise.race}: settles as the first one does. */
    record Race<T extends @Nullable Object>() implements Rule.Combining<T> {
        @Override
        public Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            return outcomeOf(child);
        }

        @Override
        public Kind kind() {
            return Kind.FIRST_COMPLETED;
        }
    }

    /** ECMAScript's {@code Promise.allSettled}: fulfilled with how each one ended. */
    static final class AllSettled<T extends @Nullable Object> implements Rule.Combining<List<Settled<T>>> {
        private int pending;

        AllSettled(int size) {
            this.pending = size;
        }

        @Override
        public @Nullable Outcome<List<Settled<T>>> atFirst(PromiseNode<List<Settled<T>>> self) {
            return pending == 0 ? new Outcome.Fulfilled<>(List::of) : null;
        }

        @Override
        public @Nullable Outcome<List<Settled<T>>> afterSettling(
                PromiseNode<List<Settled<T>>> self, int index, PromiseNode<?> child) {
            pending--;
            return pending == 0 ? new Outcome.Fulfilled<>(() -> endings(self)) : null;
        }

        private static <T extends @Nullable Object> List<Settled<T>> endings(PromiseNode<List<Settled<T>>> self) {
            List<Settled<T>> endings = new ArrayList<>(self.children().size());
            for (PromiseNode<?> child : self.children()) {
                Outcome<T> outcome = outcomeOf(child);
                endings.add(
                        outcome instanceof Outcome.Rejected<?>(TerminalException reason)
                                ? new Settled.Rejected<>(reason)
                                : new Settled.Fulfilled<>(outcome.get()));
            }
            return List.copyOf(endings);
        }

        @Override
        public boolean counts() {
            return pending > 1;
        }

        @Override
        public Kind kind() {
            return Kind.ALL_COMPLETED;
        }
    }

    /** The first of the two matters, but only until the second, a timer, has fired. */
    record TimeLimited<T extends @Nullable Object>(Duration timeout) implements Rule.Combining<T> {
        @Override
        public Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            return index == 0 ? outcomeOf(child) : new Outcome.Rejected<>(new TimeoutException(timeout));
        }

        @Override
        public String label() {
            return "or timeout " + timeout.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        }

        @Override
        public Kind kind() {
            return Kind.FIRST_COMPLETED;
        }
    }

    /** ECMAScript's {@code then} with one function. */
    record Mapped<S extends @Nullable Object, T extends @Nullable Object>(Function<? super S, ? extends T> function)
            implements Rule.Combining<T> {
        @Override
        public Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            Outcome<S> source = outcomeOf(child);
            return source instanceof Outcome.Rejected<?>(TerminalException reason)
                    ? new Outcome.Rejected<>(reason)
                    : evaluate(() -> function.apply(source.get()));
        }

        @Override
        public Kind kind() {
            return Kind.ALL_COMPLETED;
        }

        @Override
        public boolean runsFunction() {
            return true;
        }
    }

    /** ECMAScript's {@code then} with one function that gives a promise. */
    record Then<S extends @Nullable Object, T extends @Nullable Object>(
            Function<? super S, ? extends RestatePromise<? extends T>> function) implements Rule.Combining<T> {
        @Override
        public @Nullable Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            Outcome<S> source = outcomeOf(child);
            if (index > 0) {
                return outcomeOf(child);
            }
            if (source instanceof Outcome.Rejected<?>(TerminalException reason)) {
                return new Outcome.Rejected<>(reason);
            }
            Outcome<PromiseNode<T>> given = evaluate(() -> PromiseNode.of(Objects.requireNonNull(
                    function.apply(source.get()), "Expected a promise from the function of then, found null.")));
            return switch (given) {
                case Outcome.Fulfilled<PromiseNode<T>> fulfilled -> after(self, fulfilled.get());
                case Outcome.Rejected<PromiseNode<T>>(TerminalException reason) -> new Outcome.Rejected<>(reason);
                case Outcome.Broken<PromiseNode<T>>(Throwable cause) -> new Outcome.Broken<>(cause);
            };
        }

        private @Nullable Outcome<T> after(PromiseNode<T> self, PromiseNode<T> given) {
            if (given.hasOutcome()) {
                return given.outcome();
            }
            if (given == self || self.above().contains(given)) {
                return new Outcome.Broken<>(
                        new IllegalStateException("the function of then gives a promise made of its own result"));
            }
            self.join(given);
            return null;
        }

        @Override
        public Kind kind() {
            return Kind.ALL_COMPLETED;
        }

        @Override
        public boolean runsFunction() {
            return true;
        }
    }

    /** Fulfilled with the first values when there are enough, or rejected when there cannot be. */
    static final class AtLeast<T extends @Nullable Object> implements Rule.Combining<Quorum<T>> {
        private final int needed;
        private final List<? extends RestatePromise<T>> promises;
        private final List<Outcome<T>> successes = new ArrayList<>();
        private final List<TerminalException> failures = new ArrayList<>();

        AtLeast(int needed, List<? extends RestatePromise<T>> promises) {
            this.needed = needed;
            this.promises = promises;
        }

        @Override
        public @Nullable Outcome<Quorum<T>> atFirst(PromiseNode<Quorum<T>> self) {
            return needed == 0 ? fulfilled() : null;
        }

        @Override
        public @Nullable Outcome<Quorum<T>> afterSettling(
                PromiseNode<Quorum<T>> self, int index, PromiseNode<?> child) {
            Outcome<T> outcome = outcomeOf(child);
            if (outcome instanceof Outcome.Rejected<?>(TerminalException reason)) {
                failures.add(reason);
                return promises.size() - failures.size() < needed
                        ? new Outcome.Rejected<>(new AggregateException(failures))
                        : null;
            }
            successes.add(outcome);
            return successes.size() == needed ? fulfilled() : null;
        }

        private Outcome<Quorum<T>> fulfilled() {
            List<RestatePromise<T>> pending = new ArrayList<>();
            for (RestatePromise<T> promise : promises) {
                if (!PromiseNode.of(promise).hasOutcome()) {
                    pending.add(promise);
                }
            }
            return new Outcome.Fulfilled<>(() -> {
                List<T> values = new ArrayList<>();
                successes.forEach(success -> values.add(success.get()));
                return new Quorum<>(Collections.unmodifiableList(values), List.copyOf(failures), List.copyOf(pending));
            });
        }

        @Override
        public String label() {
            return "at least " + needed + " of " + promises.size();
        }

        @Override
        public Kind kind() {
            return Kind.FIRST_COMPLETED;
        }
    }

    /** ECMAScript's {@code catch}. */
    record Recovered<T extends @Nullable Object>(Function<? super TerminalException, ? extends T> function)
            implements Rule.Combining<T> {
        @Override
        public Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            return child.outcome() instanceof Outcome.Rejected<?>(TerminalException reason)
                    ? evaluate(() -> function.apply(reason))
                    : outcomeOf(child);
        }

        @Override
        public Kind kind() {
            return Kind.ALL_COMPLETED;
        }

        @Override
        public boolean runsFunction() {
            return true;
        }
    }
}
