package dev.reprise.sdk.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call, or an attach, without an answer yet. Any thread. */
public final class WaitingCall {
    private final @Nullable Object target;
    private final @Nullable Object invocationId;
    private final StallPolicy policy;
    private final CompletableFuture<?> answer;
    private final long sinceNanos = System.nanoTime();
    private volatile long waitNanos;
    private volatile @Nullable Stall told;

    WaitingCall(
            @Nullable Object target,
            @Nullable Object invocationId,
            StallPolicy policy,
            CompletableFuture<?> answer,
            long patienceNanos) {
        this.target = target;
        this.invocationId = invocationId;
        this.policy = policy;
        this.answer = answer;
        this.waitNanos = patienceNanos;
    }

    /** A description of what it waits for. */
    public String description() {
        if (target == null) {
            return "the attach to " + invocationId;
        }
        return invocationId == null
                ? "the call of " + target + ", or another call of it, for which is which only the answer says,"
                : "the call of " + target;
    }

    /** The called handler, as {@code service/key/handler}; empty for an attach. */
    public Optional<String> target() {
        return Optional.ofNullable(target).map(Object::toString);
    }

    /** The invocation that it waits for; empty if the client does not know it. */
    public Optional<String> invocationId() {
        return Optional.ofNullable(invocationId).map(Object::toString);
    }

    /** Stops waiting: the call fails, unless its answer has arrived. */
    public void fail(ClientException failure) {
        answer.completeExceptionally(failure);
    }

    /** Whether it has no answer yet. */
    boolean waits() {
        return !answer.isDone();
    }

    /** Whether it has waited for so long that somebody should find out why. */
    boolean isDue(long nowNanos) {
        return nowNanos - sinceNanos >= waitNanos;
    }

    /**
     * Somebody has looked; the next look is due after it has waited twice as long, or for {@code intervalMaxNanos}
     * more.
     */
    void looked(long nowNanos, long intervalMaxNanos) {
        long waited = nowNanos - sinceNanos;
        waitNanos = waited + Math.min(waited, intervalMaxNanos);
    }

    StallPolicy policy() {
        return policy;
    }

    /** Whether the stall is worth reporting; from now on it counts as reported. */
    boolean tells(Stall stall) {
        if (!stall.isNewsAfter(told)) {
            return false;
        }
        told = stall;
        return true;
    }
}
