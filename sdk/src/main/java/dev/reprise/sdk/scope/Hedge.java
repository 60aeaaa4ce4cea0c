package dev.reprise.sdk.scope;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts further copies of a body if the first one takes too long or fails. The first success wins. */
public final class Hedge<T extends @Nullable Object> {
    private final Opener opener;
    private final Scope<Context, T, ?> scope;
    private final Copies<T> copies;
    private final List<Branch<T>> open = new ArrayList<>();
    private final List<TerminalException> failures = new ArrayList<>();
    private @Nullable RestatePromise<?> timer;
    private int started;

    /**
     * What to start, and how often.
     *
     * @param name the name of a copy
     * @param delay how long after one copy the next one starts
     * @param max the largest number of copies
     * @param body the work of a copy
     */
    public record Copies<T extends @Nullable Object>(
            String name, Duration delay, int max, Branch.Body<? extends T> body) {
        public Copies {
            if (max < 1) {
                throw new IllegalArgumentException("Expected at least 1 copy, found " + max + ".");
            }
        }
    }

    private Hedge(Opener opener, Scope<Context, T, ?> scope, Copies<T> copies) {
        this.opener = opener;
        this.scope = scope;
        this.copies = copies;
    }

    /** The value of the first copy that succeeds; the others are cancelled. */
    public static <T extends @Nullable Object> T run(Opener opener, Copies<T> copies) {
        try (Scope<Context, T, ?> scope = new BranchScope<>(opener, Scope.Joiner.<T>awaitAll())) {
            Hedge<T> hedge = new Hedge<>(opener, scope, copies);
            T value = hedge.firstValue();
            opener.cancelAll(hedge.open);
            scope.join();
            return value;
        }
    }

    private T firstValue() {
        start();
        while (true) {
            awaitChange();
            boolean failed = false;
            for (Branch<T> copy : List.copyOf(open)) {
                if (copy.state() == Branch.State.SUCCESS) {
                    return copy.get();
                }
                if (copy.state() == Branch.State.FAILED) {
                    failures.add(copy.exception());
                    open.remove(copy);
                    failed = true;
                }
            }
            boolean timeIsOver = timer != null && timer.isSettled();
            if (started < copies.max() && (failed || timeIsOver)) {
                start();
            } else if (open.isEmpty()) {
                throw new AggregateException(failures);
            }
        }
    }

    private void start() {
        open.add(scope.fork(copies.name(), copies.body()::run));
        started++;
        if (timer != null) {
            timer.cancel();
        }
        timer = started < copies.max() ? opener.context().timer(copies.name(), copies.delay()) : null;
    }

    private void awaitChange() {
        List<RestatePromise<?>> all = new ArrayList<>(open);
        if (timer != null) {
            all.add(timer);
        }
        BranchScope.firstOf(all).await();
    }
}
