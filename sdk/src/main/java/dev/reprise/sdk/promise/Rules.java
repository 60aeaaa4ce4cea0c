package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways in which promises are made of promises. Each is the state of one promise. */
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
                    interrupted); // of the await inside, and so of the one outside: no promise's outcome
        } catch (TerminalException reason) {
            return new Outcome.Rejected<>(reason);
        } catch (Throwable cause) {
            return new Outcome.Broken<>(cause);
        }
    }

    @SuppressWarnings("unchecked") // callers know the type of the promise they ask
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
        public Kind kind() {
            return Kind.ALL_COMPLETED;
        }
    }

    /** The first of two is what matters, but only until the second, a timer, has fired. */
    record TimeLimited<T extends @Nullable Object>(Duration timeout) implements Rule.Combining<T> {
        @Override
        public Outcome<T> afterSettling(PromiseNode<T> self, int index, PromiseNode<?> child) {
            return index == 0 ? outcomeOf(child) : new Outcome.Rejected<>(new TimeoutException(timeout));
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
