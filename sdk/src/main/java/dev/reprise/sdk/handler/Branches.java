package dev.reprise.sdk.handler;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.promise.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The branches of a handler: forks, cancels and ends them. */
final class Branches {
    private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

    private final HandlerAttempt attempt;

    Branches(HandlerAttempt attempt) {
        this.attempt = attempt;
    }

    <T extends @Nullable Object> Branch<T> fork(
            HandlerContext forking, BranchThread.Name name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled) {
        return new BranchThread<>(forking, name, body, whenSettled).promise();
    }

    /**
     * The promise of a branch was cancelled. The branch and those that it has forked are thrown out of their awaits,
     * inner branches first. All of them hear of it before any promise is rejected, so that none mistakes the rejection
     * of another for an answer.
     */
    void cancelled(BranchThread<?> branch) {
        List<BranchThread<?>> all = new ArrayList<>();
        for (Task task : withBranches(branch)) {
            if (task instanceof BranchThread<?> one && one.requestCancellation()) {
                all.add(one);
            }
        }
        all.forEach(attempt.graph().awaits()::cancel);
        for (BranchThread<?> one : all) {
            one.promise().cancel();
            attempt.graph().cancelBegunBy(one);
        }
    }

    private static List<Task> withBranches(Task task) {
        List<Task> all = below(task);
        all.add(task);
        return all;
    }

    private void cancel(Task task) {
        if (task instanceof BranchThread<?> branch) {
            branch.promise().cancel();
        }
    }

    /** The code of a branch has ended, so the baton is handed on. */
    void ended(BranchThread<?> branch) {
        if (attempt.isOver()) {
            attempt.graph().ended(branch);
            attempt.graph().awaits().unwindNext();
        } else {
            attempt.graph().ended(branch);
            attempt.graph().awaits().leave();
        }
    }

    /**
     * The handler has returned. Waits for whatever it or a branch has begun and nobody has looked at; then cancels what
     * is still alive, and waits for what that began in its cleanup.
     *
     * @throws TerminalException the first failure among all of these
     */
    void endInOrder() {
        awaitUnobserved();
        end();
        awaitUnobserved();
        attempt.made().returned();
    }

    /** Waits for what was begun and never looked at; if any of it failed terminally, so has the handler. */
    private void awaitUnobserved() {
        List<RestatePromise<?>> all = new ArrayList<>();
        for (List<RestatePromise<?>> begun = attempt.graph().unobserved();
                !begun.isEmpty();
                begun = attempt.graph().unobserved()) {
            all.addAll(begun);
            attempt.made().waitedFor(begun);
            try {
                attempt.graph().awaitSettled(begun);
            } catch (CancelledException cancelled) {
                attempt.graph().cancelAll(begun);
                throw cancelled;
            }
        }
        TerminalException failure = PromiseGraph.firstFailure(all);
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Cancels every branch that is alive, inner branches first, and waits until all have ended. A cancellation of the
     * invocation that arrives meanwhile cancels them once more.
     */
    void end() {
        below(attempt.handlerTask()).forEach(this::cancel);
        while (!attempt.graph().awaits().isHandlerAlone()) {
            List<RestatePromise<?>> ends = new ArrayList<>();
            below(attempt.handlerTask())
                    .forEach(task -> ends.add(attempt.graph().endOf(task)));
            try {
                attempt.graph().awaitSettled(ends);
            } catch (CancelledException again) {
                // None of the handler's own code is left to interrupt.
                LOG.debug("cancelled again while the branches end");
            }
        }
    }

    private static List<Task> below(Task task) {
        List<Task> below = new ArrayList<>();
        for (Task branch : task.branches()) {
            below.addAll(withBranches(branch));
        }
        return below;
    }
}
