package dev.reprise.sdk.scope;

import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scope of branches. */
public final class BranchScope<C extends Context, T extends @Nullable Object, R extends @Nullable Object>
        implements Scope<C, T, R> {
    private final Opener opener;
    private final Joiner<? super T, ? extends R> joiner;
    private final List<Branch<? extends T>> branches = new ArrayList<>();
    private String name = "";
    private @Nullable RestatePromise<?> timer;
    private boolean cancelled;
    private boolean joined;
    private boolean closed;

    /** A scope whose branches belong to the task of {@code opener}. */
    public BranchScope(Opener opener, Joiner<? super T, ? extends R> joiner) {
        opener.requireOwn();
        this.opener = opener;
        this.joiner = Objects.requireNonNull(joiner, "the joiner of a scope");
    }

    @Override
    public Scope<C, T, R> withTimeout(Duration timeout) {
        requireOpen();
        if (timer != null) {
            throw new IllegalStateException("Expected one timeout for a scope, found a second.");
        }
        timer = opener.context().timer(name.isEmpty() ? "scope" : name, timeout);
        return this;
    }

    @Override
    public Scope<C, T, R> withName(String newName) {
        requireOpen();
        WellFormed.require("name of a scope", Objects.requireNonNull(newName, "the name of a scope"));
        if (!name.isEmpty() || timer != null || !branches.isEmpty()) {
            throw new IllegalStateException("Expected a scope to be named once and before anything else, found "
                    + (name.isEmpty() ? "a timeout or a branch" : "the name " + name)
                    + ". Call withName right after ctx.scope().");
        }
        name = newName;
        return this;
    }

    @Override
    public <U extends T> Branch<U> fork(String name, Body<? super C, ? extends U> body) {
        requireOpen();
        Objects.requireNonNull(body, "what a branch does");
        Branch<U> branch = opener.fork(this.name, name, ctx -> body.run(own(ctx)), this::settled);
        branches.add(branch);
        if (cancelled) {
            opener.cancelAll(List.of(branch));
        } else if (joiner.onFork(branch)) {
            cancel();
        }
        return branch;
    }

    @SuppressWarnings("unchecked") // the context of a branch has the kind of the context that opened the scope
    private C own(Context ctx) {
        return (C) ctx;
    }

    private void settled(Branch<? extends T> branch) {
        if (!cancelled && joiner.onComplete(branch)) {
            cancel();
        }
    }

    private void cancel() {
        cancelled = true;
        opener.cancelAll(branches);
    }

    @Override
    public R join() {
        requireOpen();
        if (!branches.isEmpty()) {
            awaitBranches();
        }
        joined = true;
        forgetTimer();
        return joiner.result();
    }

    private void awaitBranches() {
        RestatePromise<?> settled = RestatePromise.waitCompleted(branches.size(), untyped(branches));
        if (timer == null) {
            settled.await();
            return;
        }
        firstOf(List.of(settled, timer)).await();
        if (!settled.isSettled()) {
            cancel();
            joined = true;
            joiner.onTimeout();
        }
    }

    /** Resolves when the first of several has settled, whatever its outcome. */
    static RestatePromise<?> firstOf(List<? extends RestatePromise<?>> promises) {
        return RestatePromise.waitCompleted(1, untyped(promises));
    }

    @SuppressWarnings("unchecked") // only that they have settled matters
    private static List<RestatePromise<Object>> untyped(List<? extends RestatePromise<?>> promises) {
        return (List<RestatePromise<Object>>) (List<?>) promises;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** Nobody waits for the time any more. */
    private void forgetTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void close() {
        opener.requireOwn();
        if (closed) {
            return;
        }
        closed = true;
        forgetTimer();
        cancel();
        opener.awaitEnds(branches);
        if (!branches.isEmpty() && !joined) {
            throw new IllegalStateException("Expected a scope to be joined before it is closed, found "
                    + branches.size() + " branches that were not waited for. Call join() after the last fork.");
        }
    }

    private void requireOpen() {
        opener.requireOwn();
        if (joined || closed) {
            throw new IllegalStateException("Expected a scope that is neither joined nor closed, found it "
                    + (closed ? "closed" : "joined") + ". Open another one.");
        }
    }
}
