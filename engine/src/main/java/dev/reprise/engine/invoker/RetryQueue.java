package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.id.InvocationId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The invocations that wait for a retry, in the order of their times; each at most once. */
final class RetryQueue {
    private record Retry(long atMillis, long sequence, AttemptId attempt) {}

    private final TreeSet<Retry> inOrder =
            new TreeSet<>(Comparator.comparingLong(Retry::atMillis).thenComparingLong(Retry::sequence));
    private final Map<InvocationId, Retry> byInvocation = new LinkedHashMap<>();
    private long sequence;

    void add(AttemptId attempt, long atMillis) {
        remove(attempt.invocationId());
        Retry retry = new Retry(atMillis, sequence++, attempt);
        inOrder.add(retry);
        byInvocation.put(attempt.invocationId(), retry);
    }

    /** Removes an invocation; answers whether it was in the queue. */
    boolean remove(InvocationId id) {
        Retry retry = byInvocation.remove(id);
        return retry != null && inOrder.remove(retry);
    }

    /** Removes the first invocation whose time has come; null if there is none. */
    @Nullable
    AttemptId pollDue(long nowMillis) {
        if (nextMillis() > nowMillis) {
            return null;
        }
        Retry retry = inOrder.removeFirst();
        byInvocation.remove(retry.attempt().invocationId());
        return retry.attempt();
    }

    /** When the first retry is due; {@link Long#MAX_VALUE} for never. */
    long nextMillis() {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().atMillis();
    }

    void clear() {
        inOrder.clear();
        byInvocation.clear();
    }
}
