package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.id.InvocationId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is to be tried again, in the order of the times; at most once each. */
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

    /** Takes an invocation out; answers whether it was in. */
    boolean remove(InvocationId id) {
        Retry retry = byInvocation.remove(id);
        return retry != null && inOrder.remove(retry);
    }

    /** Takes out the first whose time has come; null if there is none. */
    @Nullable
    AttemptId pollDue(long nowMillis) {
        if (nextMillis() > nowMillis) {
            return null;
        }
        Retry retry = inOrder.removeFirst();
        byInvocation.remove(retry.attempt().invocationId());
        return retry.attempt();
    }

    /** When the first is due; {@link Long#MAX_VALUE} for never. */
    long nextMillis() {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().atMillis();
    }

    void clear() {
        inOrder.clear();
        byInvocation.clear();
    }
}
