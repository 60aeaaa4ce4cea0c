package dev.reprise.sdk.handler;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.BranchBody;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.promise.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The branches of a handler: how they are forked, cancelled and ended. */
final class Branches {
    private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

    private final HandlerThread thread;

    Branches(HandlerThread thread) {
        this.thread = thread;
    }

    <T extends @Nullable Object> Branch<T> fork(HandlerContext forking, String name, BranchBody<T> body) {
        return new BranchThread<>(forking, name, body).promise();
    }

    /** The promise of a branch was cancelled: those it has forked first, then itself, then what else it has begun. */
    void cancelled(BranchThread<?> branch) {
        branch.branches().forEach(this::cancel);
        thread.graph().awaits().cancel(branch);
        thread.graph().cancelBegunBy(branch);
    }

    private void cancel(Task task) {
        if (task instanceof BranchThread<?> branch) {
            branch.promise().cancel();
        }
    }

    /** A branch's code has ended: hands the baton on. */
    void ended(BranchThread<?> branch) {
        if (thread.isOver()) {
            thread.graph().ended(branch);
            thread.graph().awaits().unwindNext();
        } else {
            thread.graph().ended(branch);
            thread.graph().awaits().leave();
        }
    }

    /**
     * Cancels every branch that is alive, those of branches first, and waits until all have ended. Who cancels the invocation
     * meanwhile cancels them once more.
     */
    void end() {
        below(thread.handlerTask()).forEach(this::cancel);
        while (!thread.graph().awaits().isHandlerAlone()) {
            List<RestatePromise<?>> ends = new ArrayList<>();
            below(thread.handlerTask()).forEach(task -> ends.add(thread.graph().endOf(task)));
            try {
                thread.graph().awaitSettled(ends);
            } catch (CancelledException again) {
                LOG.debug("cancelled again while the branches end"); // of the handler's own code nothing is left to
                // interrupt
            }
        }
    }

    private static List<Task> below(Task task) {
        List<Task> below = new ArrayList<>();
        for (Task branch : task.branches()) {
            below.addAll(below(branch));
            below.add(branch);
        }
        return below;
    }
}
