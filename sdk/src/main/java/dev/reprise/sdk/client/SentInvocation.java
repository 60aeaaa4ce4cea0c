package dev.reprise.sdk.client;

import dev.reprise.sdk.serde.Serde;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An invocation that was sent and that the engine has stored: it runs whatever happens to this process. Any thread.
 *
 * @param <T> its result
 */
public final class SentInvocation<T extends @Nullable Object> {
    private final ClientInvocation invocation;
    private final boolean existedBefore;
    private final Serde<T> result;

    SentInvocation(ClientInvocation invocation, boolean existedBefore, Serde<T> result) {
        this.invocation = invocation;
        this.existedBefore = existedBefore;
        this.result = result;
    }

    /** Its id, by which {@link Client#invocation} finds it again. */
    public String id() {
        return invocation.id();
    }

    /** Whether it existed already, through its idempotency key or as the run of its workflow. */
    public boolean existedBefore() {
        return existedBefore;
    }

    /** Waits for its result. */
    public T attach() {
        return Futures.await(attachAsync());
    }

    /** Completes with its result. */
    public CompletableFuture<T> attachAsync() {
        return invocation.attachAsync(result);
    }

    /** Its result, if it has one by now; empty as well when that is {@code null}. */
    public Optional<T> output() {
        return Futures.await(invocation.outputAsync(result));
    }

    /** Everything else that a client can do with it: cancel it, signal it and so on. */
    public ClientInvocation invocation() {
        return invocation;
    }

    @Override
    public String toString() {
        return id();
    }
}
