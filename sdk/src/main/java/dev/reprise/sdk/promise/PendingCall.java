package dev.reprise.sdk.promise;

import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.InvocationHandle;
import org.jspecify.annotations.Nullable;

/** The promise of a call's result. */
public final class PendingCall<T extends @Nullable Object> extends PromiseNode<T> implements CallPromise<T> {
    /** Gives up a call. */
    public interface Abandonment {
        /**
         * Cancels the called invocation, if it may be.
         *
         * @param asked whether to cancel even an invocation that others may wait for
         */
        void abandon(boolean asked);
    }

    private final InvocationHandle invocation;
    private final Abandonment abandonment;

    PendingCall(PromiseGraph graph, Rule.Single<T> rule, InvocationHandle invocation, Abandonment abandonment) {
        super(graph, rule, graph.current(), () -> abandonment.abandon(false));
        this.invocation = invocation;
        this.abandonment = abandonment;
    }

    @Override
    public InvocationHandle invocation() {
        return invocation;
    }

    @Override
    public void cancelShared() {
        boolean wasOpen = !hasOutcome();
        cancel();
        if (wasOpen) {
            abandonment.abandon(true);
        }
    }
}
