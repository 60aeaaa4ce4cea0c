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

/** The branches of a handler: how they are forked, cancelled and ended. */
final class Branches {
    private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

    private final HandlerAttempt attempt;

    Branches(HandlerAttempt attempt) {
        this.attempt = attempt;
    }

    <T extends @Nullable Object> Branch<T> fork(
            HandlerContext forking, String name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled) {
        return new BranchThread<>(forking, name, body, whenSettled).promise();
    }

    /**
     * The promise of a branch was cancelled: it and those it has forked are thrown out of their awaits, branches first.
     * All of them are told before any promise is rejected, so that none takes the rejection of another for an answer.
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

    /** A branch's code has ended: hands the baton on. */
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
     * The handler has returned: what it or a branch has begun and nobody has looked at is waited for; then what is
     * still alive is cancelled, and what it began in its cleanup is waited for too.
     *
     * @throws TerminalException the first failure of any of it
     */
    void endInOrder() {
        awaitUnobserved();
        end();
        awaitUnobserved();
        attempt.made().returned();
    }

    /** What was begun and never looked at is waited for; if any of it failed for good, so has the handler. */
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
     * Cancels every branch that is alive, those of branches first, and waits until all have ended. A cancellation of
     * the invocation that arrives meanwhile cancels them once more.
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
                LOG.debug("cancelled again while the branches end"); // of the handler's own code nothing is left to
                // interrupt
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
