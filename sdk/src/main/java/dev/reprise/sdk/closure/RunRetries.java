package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.closure.FailedRun.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of an attempt that have failed and wait for their next try, and the choice of the one to give the attempt
 * back for.
 *
 * <p>Used only by the handler's thread.
 */
final class RunRetries {
    /**
     * The delays of a run without a policy of its own while its attempt continues; the engine's policy applies to
     * attempts.
     */
    static final RetryPolicy IN_PLACE =
            RetryPolicy.exponential(Duration.ofMillis(50)).withMaxDelay(Duration.ofSeconds(1));
    /** How long an attempt waits in place when only the next try of a run remains to wait for. */
    private static final long ALONE_MILLIS_MAX = 1_000;
    /**
     * How often a run without a policy may fail before the engine hears of it, even if something else may still happen.
     */
    private static final int FAILURES_MAX = 10;

    private final Map<CompletionId, FailedRun> waiting = new LinkedHashMap<>();
    private final TimeSource clock;

    RunRetries(TimeSource clock) {
        this.clock = clock;
    }

    void add(FailedRun retry) {
        waiting.put(retry.run(), retry);
    }

    void remove(CompletionId run) {
        waiting.remove(run);
    }

    boolean contains(CompletionId run) {
        return waiting.containsKey(run);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes out the runs whose time has come. */
    List<FailedRun> takeDue() {
        long nowMillis = clock.steadyMillis();
        List<FailedRun> due = new ArrayList<>();
        for (FailedRun retry : waiting.values()) {
            if (retry.delay() != Delay.PAUSED && retry.dueMillis() <= nowMillis) {
                due.add(retry);
            }
        }
        due.forEach(retry -> waiting.remove(retry.run()));
        return due;
    }

    /** How long it is until the next run's time comes, at least a millisecond; empty if there is none. */
    Optional<Duration> untilNext() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        long nowMillis = clock.steadyMillis();
        return waiting.values().stream()
                .filter(retry -> retry.delay() != Delay.PAUSED)
                .map(retry -> Duration.ofMillis(Math.max(1, retry.dueMillis() - nowMillis)))
                .min(Comparator.naturalOrder());
    }

    /** Whether a run wants the attempt given back as soon as no closure is executing, whatever else may happen. */
    boolean wantEnd() {
        return waiting.values().stream()
                .anyMatch(retry -> retry.delay() == Delay.PAUSED || retry.delay() == Delay.ASKED);
    }

    /**
     * Whether to give the attempt back once no closure is executing, even though a notification may come.
     *
     * @param awaited what the tasks wait for
     */
    boolean wantEnd(Collection<?> awaited) {
        if (waiting.isEmpty() || waiting.values().stream().anyMatch(FailedRun::needsThisAttempt)) {
            return false;
        }
        if (waiting.values().stream().anyMatch(r -> r.delay() == Delay.ENGINE && r.failures() >= FAILURES_MAX)) {
            return true;
        }
        long soonMillis = clock.steadyMillis() + ALONE_MILLIS_MAX;
        return awaited.stream().allMatch(waiting::containsKey)
                && waiting.values().stream()
                        .noneMatch(retry -> retry.delay() == Delay.POLICY && retry.dueMillis() <= soonMillis);
    }

    /**
     * The run to give the attempt back for: preferably one that asks for a pause, then one that the engine decides
     * about.
     */
    Optional<FailedRun> first() {
        return waiting.values().stream()
                .min(Comparator.<FailedRun>comparingInt(retry -> switch (retry.delay()) {
                            case PAUSED -> 0;
                            case ENGINE -> 1;
                            case ASKED, POLICY -> 2;
                        })
                        .thenComparingLong(FailedRun::dueMillis));
    }
}
