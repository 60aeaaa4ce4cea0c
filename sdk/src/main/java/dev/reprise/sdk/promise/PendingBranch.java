package dev.reprise.sdk.promise;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.TerminalException;
import org.jspecify.annotations.Nullable;

/** The promise of a branch's result. */
public final class PendingBranch<T extends @Nullable Object> extends PromiseNode<T> implements Branch<T> {
    private final String name;
    private final Runnable whenSettled;

    PendingBranch(PromiseGraph graph, Task task, String name, Runnable abandonment, Runnable whenSettled) {
        super(graph, new Rule.OfTask<>(task), graph.current(), abandonment);
        this.name = name;
        this.whenSettled = whenSettled;
    }

    @Override
    void afterSettling() {
        whenSettled.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State state() {
        if (!isSettled()) {
            return State.UNAVAILABLE;
        }
        return outcome() instanceof Outcome.Fulfilled<T> ? State.SUCCESS : State.FAILED;
    }

    @Override
    public T get() {
        if (isSettled() && outcome() instanceof Outcome.Fulfilled<T> fulfilled) {
            return fulfilled.get();
        }
        throw unexpected("succeeded");
    }

    @Override
    public TerminalException exception() {
        if (isSettled() && outcome() instanceof Outcome.Rejected<T>(TerminalException reason)) {
            return reason;
        }
        throw unexpected("failed");
    }

    private IllegalStateException unexpected(String expected) {
        return new IllegalStateException("Expected branch " + name + " to have " + expected + ", found it " + state()
                + ". Await it, or ask state().");
    }
}
