package dev.reprise.sdk.promise;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The joiners of {@link Joiner}, where they are documented. */
public final class Joiners {
    private Joiners() {}

    /** All values, or the first failure. */
    public static <T extends @Nullable Object> Joiner<T, List<T>> allSuccessfulOrThrow() {
        return new AllSuccessful<>();
    }

    /** The first value, or the first failure. */
    public static <T extends @Nullable Object> Joiner<T, T> anySuccessfulOrThrow() {
        return new AnySuccessful<>();
    }

    /** Nothing, or the first failure. */
    public static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAllSuccessfulOrThrow() {
        AllSuccessful<T> all = new AllSuccessful<>();
        return new Joiner<>() {
            @Override
            public boolean onComplete(Branch<? extends T> branch) {
                return all.onComplete(branch);
            }

            @Override
            public @Nullable Void result() {
                all.throwIfFailed();
                return null;
            }
        };
    }

    /** Nothing, when all have settled. */
    public static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAll() {
        return () -> null;
    }

    /** All branches, when one is enough or all have settled. */
    public static <T extends @Nullable Object> Joiner<T, List<Branch<? extends T>>> allUntil(
            Predicate<? super Branch<? extends T>> isDone) {
        return new AllUntil<>(isDone);
    }

    private static final class AllSuccessful<T extends @Nullable Object> implements Joiner<T, List<T>> {
        private final List<Branch<? extends T>> branches = new ArrayList<>();
        private @Nullable TerminalException failure;

        @Override
        public boolean onFork(Branch<? extends T> branch) {
            branches.add(branch);
            return false;
        }

        @Override
        public boolean onComplete(Branch<? extends T> branch) {
            if (branch.state() == Branch.State.FAILED) {
                failure = branch.exception();
            }
            return failure != null;
        }

        void throwIfFailed() {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public List<T> result() {
            throwIfFailed();
            List<T> values = new ArrayList<>();
            branches.forEach(branch -> values.add(branch.get()));
            return values;
        }
    }

    private static final class AnySuccessful<T extends @Nullable Object> implements Joiner<T, T> {
        private @Nullable Branch<? extends T> first;

        @Override
        public boolean onComplete(Branch<? extends T> branch) {
            boolean succeeded = branch.state() == Branch.State.SUCCESS;
            if (succeeded || first == null) {
                first = branch;
            }
            return succeeded;
        }

        @Override
        public T result() {
            if (first == null) {
                throw new IllegalStateException("Expected a branch that can succeed, found that none was forked.");
            }
            if (first.state() == Branch.State.FAILED) {
                throw first.exception();
            }
            return first.get();
        }
    }

    private static final class AllUntil<T extends @Nullable Object> implements Joiner<T, List<Branch<? extends T>>> {
        private final Predicate<? super Branch<? extends T>> isDone;
        private final List<Branch<? extends T>> branches = new ArrayList<>();

        AllUntil(Predicate<? super Branch<? extends T>> isDone) {
            this.isDone = isDone;
        }

        @Override
        public boolean onFork(Branch<? extends T> branch) {
            branches.add(branch);
            return false;
        }

        @Override
        public boolean onComplete(Branch<? extends T> branch) {
            return isDone.test(branch);
        }

        @Override
        public void onTimeout() {
            // Returns the values that there are.
        }

        @Override
        public List<Branch<? extends T>> result() {
            return List.copyOf(branches);
        }
    }
}
