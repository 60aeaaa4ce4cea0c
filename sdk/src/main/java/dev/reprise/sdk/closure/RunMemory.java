package dev.reprise.sdk.closure;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers, from one failed attempt of an invocation to the next, about its runs without a result.
 * The engine sends a single number: the attempts that have failed since the latest command. It does not know which run
 * caused them, and a command from another part of the handler resets the number. So the engine's number is used only
 * where this process does not know what happened: after a restart, or when another process had the attempt.
 *
 * <p>When there are too many invocations, the oldest ones are forgotten. Any thread may use it.
 */
public final class RunMemory {
    private static final int INVOCATIONS_MAX = 10_000;

    /**
     * How often a run was executed.
     *
     * @param count the number of executions, including those that were cut off
     * @param firstMillis when the first one began, on the steady clock
     */
    record Executions(int count, long firstMillis) {}

    /**
     * What is known about an invocation after an attempt of it has failed here.
     *
     * @param failures what the engine's number will be if its next attempt comes here too; higher if others failed
     *     elsewhere
     * @param blamed the run whose error the engine received; null if it was the handler's, or the attempt was cut off
     * @param runs its runs without a result
     */
    record Known(int failures, @Nullable CompletionId blamed, Map<CompletionId, Executions> runs) {
        Known {
            runs = Map.copyOf(runs);
        }
    }

    private final LinkedHashMap<Bytes, Known> invocations = new LinkedHashMap<>();
    private volatile boolean empty = true;

    /** Nothing is known yet. */
    public RunMemory() {}

    /** What is known about an invocation; null for nothing. That is usual, since most have never failed. */
    @Nullable
    Known find(Bytes invocationId) {
        if (empty) {
            return null;
        }
        synchronized (invocations) {
            return invocations.get(invocationId);
        }
    }

    void remember(Bytes invocationId, Known known) {
        synchronized (invocations) {
            invocations.remove(invocationId);
            invocations.put(invocationId, known);
            if (invocations.size() > INVOCATIONS_MAX) {
                invocations.pollFirstEntry();
            }
            empty = false;
        }
    }

    void forget(Bytes invocationId) {
        if (empty) {
            return;
        }
        synchronized (invocations) {
            invocations.remove(invocationId);
            empty = invocations.isEmpty();
        }
    }
}
