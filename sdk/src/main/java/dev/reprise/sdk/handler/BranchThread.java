package dev.reprise.sdk.handler;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.vm.AttemptClosedException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A branch of a handler. Its thread starts when the branch gets its first turn. */
final class BranchThread<T extends @Nullable Object> extends TaskThread {
    /**
     * What it is called.
     *
     * @param scope the name of its scope; empty if it has none
     * @param own what it was forked as
     */
    record Name(String scope, String own) {
        private String below(String above) {
            return Stream.of(above, scope, own).filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
        }
    }

    private final String label;
    private final Branch.Body<T> body;
    private final HandlerContext context;
    private final Branch<T> promise;
    private final Consumer<Branch<T>> whenSettled;
    private boolean started;
    private boolean cancellationRequested;

    BranchThread(HandlerContext forking, Name name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled) {
        super(forking.attempt(), forking.task());
        this.label = name.below(forking.task().label());
        this.body = body;
        this.context = forking.of(this);
        this.promise =
                graph().branch(this, name.own(), () -> attempt().branches().cancelled(this), this::settled);
        this.whenSettled = whenSettled;
    }

    private void settled() {
        whenSettled.accept(promise);
    }

    private PromiseGraph graph() {
        return attempt().graph();
    }

    /** Its promise, or that of a branch that it was forked in, is cancelled; returns whether this is the first time. */
    boolean requestCancellation() {
        boolean first = !cancellationRequested;
        cancellationRequested = true;
        return first;
    }

    @Override
    HandlerContext context() {
        return context;
    }

    Branch<T> promise() {
        return promise;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    protected void resume() {
        if (started) {
            super.resume();
        } else {
            started = true;
            attempt().setup().threads().start(attempt().name() + " " + label, this::begin);
        }
    }

    private void begin() {
        hold();
        try {
            context.logContext().run(() -> graph().run(this::execute));
        } finally {
            attempt().branches().ended(this);
        }
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // whatever the branch throws is the attempt's failure
    private void execute() {
        try {
            if (graph().awaits().takeCancellation(this)) {
                throw new PromiseCancelledException();
            }
            graph().returned(promise, body.run(context));
        } catch (CancelledException cancelled) {
            attempt().made().failed(this);
            graph().failed(promise, new PromiseCancelledException());
        } catch (TerminalException reason) {
            attempt().made().failed(this);
            graph().failed(promise, reason);
        } catch (TaskThread.Unwound | AttemptClosedException ended) {
            attempt().leave(ended);
        } catch (Throwable cause) {
            attempt().fail(this, cause);
        }
    }
}
