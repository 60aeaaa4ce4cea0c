package dev.reprise.sdk.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call, or an attach, whose answer has not come. Any thread. */
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

    /** What is waited for, in words. */
    public String description() {
        if (target == null) {
            return "the attach to " + invocationId;
        }
        return invocationId == null
                ? "the call of " + target + ", or another call of it, for which is which only the answer says,"
                : "the call of " + target;
    }

    /** The handler that is called, as {@code service/key/handler}; empty for an attach. */
    public Optional<String> target() {
        return Optional.ofNullable(target).map(Object::toString);
    }

    /** The invocation that is waited for; empty if the client does not know it. */
    public Optional<String> invocationId() {
        return Optional.ofNullable(invocationId).map(Object::toString);
    }

    /** Waits no longer: the call fails, unless its answer has come. */
    public void fail(ClientException failure) {
        answer.completeExceptionally(failure);
    }

    /** Whether it has no answer yet. */
    boolean waits() {
        return !answer.isDone();
    }

    /** Whether it has waited for so long that somebody should ask why. */
    boolean isDue(long nowNanos) {
        return nowNanos - sinceNanos >= waitNanos;
    }

    /** It was asked why; the next time after it has waited twice as long, or for {@code intervalMaxNanos} more. */
    void looked(long nowNanos, long intervalMaxNanos) {
        long waited = nowNanos - sinceNanos;
        waitNanos = waited + Math.min(waited, intervalMaxNanos);
    }

    StallPolicy policy() {
        return policy;
    }

    /** Whether the stall is worth a word, and from now on told. */
    boolean tells(Stall stall) {
        if (!stall.isNewsAfter(told)) {
            return false;
        }
        told = stall;
        return true;
    }
}
