package dev.reprise.sdk.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches waiting calls. If their invocation is paused or keeps failing, it reports them to the log and to a listener,
 * and fails them if their {@link StallPolicy} says so. For implementations of {@link ClientTransport}. Any thread.
 *
 * <p>It looks when a call has waited for a while, and then at growing intervals; one look serves all waiting calls. A
 * call that is answered sooner costs none.
 */
public final class StallWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    /** Finds out which of several waiting calls make no progress, and why. On a virtual thread; it may block. */
    @FunctionalInterface
    public interface Look {
        /**
         * Returns the stalled ones of {@code waiting}. If it throws, the exception is logged, and it is called again
         * later.
         */
        Map<WaitingCall, Stall> stalled(Collection<WaitingCall> waiting);
    }

    private final Look look;
    private final Duration patience;
    private final Duration intervalMax;
    private final Set<WaitingCall> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * A watch.
     *
     * @param look finds the stalled calls
     * @param patience how long a call waits before the watch looks at it
     * @param intervalMax the longest time between two looks for the sake of one call; they begin with {@code patience}
     *     and double
     */
    public StallWatch(Look look, Duration patience, Duration intervalMax) {
        this.look = look;
        this.patience = patience;
        this.intervalMax = intervalMax;
    }

    /** The calls that wait. */
    public Collection<WaitingCall> waiting() {
        return waiting.stream().filter(WaitingCall::waits).toList();
    }

    /**
     * Registers a call that waits from now on, until {@code answer} completes.
     *
     * @param target the called handler, whose text names it; null for an attach
     * @param invocationId the invocation, whose text is its id; null if it is unknown
     * @param policy what to do when it makes no progress
     * @param answer failed when the call must not wait any longer
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what is made of the answer is nobody's
    public void watch(
            @Nullable Object target, @Nullable Object invocationId, StallPolicy policy, CompletableFuture<?> answer) {
        WaitingCall call = new WaitingCall(target, invocationId, policy, answer, patience.toNanos());
        waiting.add(call);
        answer.whenComplete((value, failure) -> waiting.remove(call));
        schedule();
    }

    private void schedule() {
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS,
                            task -> Thread.ofVirtual()
                                    .name("reprise-stall-watch")
                                    .start(task))
                    .execute(this::round);
        }
    }

    private void round() {
        try {
            long now = System.nanoTime();
            List<WaitingCall> due =
                    waiting.stream().filter(call -> call.isDue(now)).toList();
            if (!due.isEmpty()) {
                due.forEach(call -> call.looked(now, intervalMax.toNanos()));
                look.stalled(waiting()).forEach(StallWatch::tell);
            }
        } catch (RuntimeException e) {
            LOG.debug("cannot find out why calls have no answer; it is tried again", e);
        } finally {
            scheduled.set(false);
            schedule();
        }
    }

    private static void tell(WaitingCall call, Stall stall) {
        if (call.tells(stall)) {
            LOG.warn("{}", stall.message());
            try {
                call.policy().listener().stalled(stall);
            } catch (RuntimeException e) {
                LOG.warn("the listener for stalled calls failed", e);
            }
        }
        if (call.invocationId().isPresent() && call.policy().fails(stall)) {
            call.fail(stall.failure());
        }
    }
}
