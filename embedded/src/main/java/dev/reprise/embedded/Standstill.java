package dev.reprise.embedded;

import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.client.Stall;
import dev.reprise.sdk.client.StallWatch;
import dev.reprise.sdk.client.WaitingCall;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds waiting calls that make no progress, and why. It starts at the invocations that are paused or wait for a retry,
 * and follows those that wait for them, until it reaches one that a client waits for. Any thread that may block.
 */
final class Standstill implements StallWatch.Look {
    /**
     * It inspects no more than these in all, so that it stays cheap when everything fails; nor more than these for one.
     */
    private static final int INVOCATIONS_MAX = 1_000;

    private final Engine engine;
    private final LatestFailures failures;

    Standstill(Engine engine, LatestFailures failures) {
        this.engine = engine;
        this.failures = failures;
    }

    @Override
    public Map<WaitingCall, Stall> stalled(Collection<WaitingCall> waiting) {
        Map<String, List<WaitingCall>> byId = new LinkedHashMap<>();
        for (WaitingCall call : waiting) {
            call.invocationId()
                    .ifPresent(id ->
                            byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(call));
        }
        Map<WaitingCall, Stall> stalled = new LinkedHashMap<>();
        for (InvocationId failing : standing(byId.keySet())) {
            for (InvocationId dependent : dependents(failing)) {
                for (WaitingCall call : byId.getOrDefault(dependent.toString(), List.of())) {
                    if (!stalled.containsKey(call)) {
                        stall(call, failing).ifPresent(stall -> stalled.put(call, stall));
                    }
                }
            }
        }
        return stalled;
    }

    /** Begins with those that a client waits for, because they are inspected in any case. */
    private Set<InvocationId> standing(Set<String> waitedFor) {
        Set<InvocationId> found = new LinkedHashSet<>();
        waitedFor.forEach(id -> found.add(InvocationId.parse(id)));
        found.removeIf(id -> attempt(id).isEmpty() && !isPaused(id));
        found.addAll(engine.paused(INVOCATIONS_MAX));
        engine.views().attempts().stream()
                .filter(Standstill::backsOff)
                .limit(INVOCATIONS_MAX)
                .forEach(attempt -> found.add(attempt.invocationId()));
        return found;
    }

    private boolean isPaused(InvocationId id) {
        return engine.views()
                .invocation(id)
                .join()
                .filter(found -> found.status() instanceof InvocationStatus.Paused)
                .isPresent();
    }

    private Optional<AttemptView> attempt(InvocationId id) {
        return engine.views().attempt(id).filter(Standstill::backsOff);
    }

    private static boolean backsOff(AttemptView attempt) {
        return attempt.lastFailure() != null && !attempt.inFlight();
    }

    /** The invocation, and those that wait for it, directly or indirectly. */
    private Set<InvocationId> dependents(InvocationId id) {
        Set<InvocationId> found = new LinkedHashSet<>();
        Deque<InvocationId> todo = new ArrayDeque<>(List.of(id));
        while (!todo.isEmpty() && found.size() < INVOCATIONS_MAX) {
            InvocationId next = todo.remove();
            if (found.add(next)) {
                todo.addAll(engine.waitingOn(next, INVOCATIONS_MAX).join());
            }
        }
        return found;
    }

    private Optional<Stall> stall(WaitingCall call, InvocationId id) {
        return engine.views().invocation(id).join().flatMap(invocation -> stall(call, invocation));
    }

    private Optional<Stall> stall(WaitingCall call, Invocation invocation) {
        String id = invocation.id().toString();
        LatestFailures.@Nullable Thrown thrown = failures.of(id).orElse(null);
        @Nullable Throwable cause = thrown == null ? null : thrown.cause();
        String target = invocation.target().toString();
        if (invocation.status() instanceof InvocationStatus.Paused(Failure failure)) {
            int attempts = thrown == null || failure == null ? 0 : thrown.attempt();
            return Optional.of(new Stall(
                    call.description(), id, target, Stall.State.PAUSED, attempts, text(failure), null, cause));
        }
        return attempt(invocation.id())
                .map(attempt -> new Stall(
                        call.description(),
                        id,
                        target,
                        Stall.State.BACKING_OFF,
                        attempt.failuresInARow(),
                        text(attempt),
                        attempt.nextRetryMillis() == 0 ? null : Instant.ofEpochMilli(attempt.nextRetryMillis()),
                        cause));
    }

    private static String text(@Nullable Failure failure) {
        return failure == null ? "" : "[" + failure.code() + "] " + failure.message();
    }

    private static String text(AttemptView attempt) {
        var failure = attempt.lastFailure();
        return failure == null ? "" : "[" + failure.code() + "] " + failure.message();
    }
}
