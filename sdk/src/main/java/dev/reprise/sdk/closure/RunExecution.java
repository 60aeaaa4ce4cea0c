package dev.reprise.sdk.closure;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.run.RunContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One try of a run: its closure on the way to a thread. The closure is executed at most once, and not at all if its
 * attempt was aborted before. While it is executed, it can be interrupted.
 *
 * <p>One thread executes it, and the handler's thread drops it.
 */
final class RunExecution implements AttemptThreads.Closure, RunContext {
    /* The version of a UUID with custom contents, and the variant of RFC 9562. */
    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    private final CompletionId run;
    private final RunStep<?> step;
    private final Bytes invocationId;
    private final int attempt;
    private final @Nullable Instant deadline;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable Thread executing;
    private volatile boolean cancelled;

    /**
     * A try.
     *
     * @param invocationId the invocation of the run
     * @param attempt the number of this try of the run, from 1
     * @param deadline failures after this are not retried
     */
    RunExecution(CompletionId run, RunStep<?> step, Bytes invocationId, int attempt, @Nullable Instant deadline) {
        this.run = run;
        this.step = step;
        this.invocationId = invocationId;
        this.attempt = attempt;
        this.deadline = deadline;
    }

    RunStep<?> step() {
        return step;
    }

    @Override
    public void run() {
        // The handler's own code may be running without knowing yet that its attempt is over.
        if (!step.scene().owner().isAborted() && taken.compareAndSet(false, true)) {
            executing(Thread.currentThread());
            step.execute(run, this, this::finished);
        }
    }

    @Override
    public int completionId() {
        return run.id();
    }

    @Override
    public void fail(Exception cause) {
        if (taken.compareAndSet(false, true)) {
            RunStep.Scene scene = step.scene();
            scene.owner()
                    .ended(
                            run,
                            new RunStep.Outcome.Retryable(cause, scene.clock().steadyMillis()));
        }
    }

    private synchronized void executing(@Nullable Thread thread) {
        executing = thread;
        if (thread != null && cancelled) {
            thread.interrupt();
        }
    }

    /** The closure has ended: an interruption that it did not notice must not affect what its thread does next. */
    @SuppressWarnings("ResultOfMethodCallIgnored") // only clearing it matters
    private void finished() {
        executing(null);
        Thread.interrupted();
    }

    /** Nobody waits for it any more: interrupts the thread that executes the closure, or is about to. */
    synchronized void cancel() {
        cancelled = true;
        if (executing != null) {
            executing.interrupt();
        }
    }

    /** Whether it has not been executed, and so never will be. */
    boolean drop() {
        return taken.compareAndSet(false, true);
    }

    /** Whether a thread has begun to execute it. */
    boolean hasBegun() {
        return taken.get();
    }

    // -- what the closure can find out

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String idempotencyKey() {
        ByteBuffer seed = ByteBuffer.allocate(invocationId.size() + Integer.BYTES)
                .put(invocationId.array())
                .putInt(run.id());
        ByteBuffer digest = ByteBuffer.wrap(sha256(seed.array()));
        long high = digest.getLong() & ~VERSION_MASK | VERSION_8;
        long low = digest.getLong() & ~VARIANT_MASK | VARIANT;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    @Override
    public boolean isCancelled() {
        return cancelled || step.scene().owner().isAborted();
    }
}
