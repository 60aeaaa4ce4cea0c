package dev.reprise.sdk.promise;

import dev.reprise.protocol.NotificationId;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.InvocationHandle;
import org.jspecify.annotations.Nullable;

/** The promise of a call's result. */
public final class PendingCall<T extends @Nullable Object> extends PromiseNode<T> implements CallPromise<T> {
    private final InvocationHandle invocation;

    PendingCall(PromiseGraph graph, NotificationId result, Decoder<T> decoder, InvocationHandle invocation) {
        super(graph, new Rule.Single<>(result, decoder));
        this.invocation = invocation;
    }

    @Override
    public InvocationHandle invocation() {
        return invocation;
    }
}
