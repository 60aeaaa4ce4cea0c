package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt begins with, besides its journal.
 *
 * @param invocation the invocation
 * @param state the object's state, in key order; empty for a plain service
 * @param partialState whether the object has more state than {@code state} contains
 * @param lastAppendMillis when the journal last grew, in milliseconds since the epoch
 */
public record AttemptReplay(
        Invocation invocation, List<StateEntry> state, boolean partialState, long lastAppendMillis) {

    /** As {@link #of(InvocationId, PartitionTables, long)} with the whole state, however large. */
    public static Optional<AttemptReplay> of(InvocationId id, PartitionTables tables) {
        return of(id, tables, Long.MAX_VALUE);
    }

    /**
     * Reads what an attempt begins with; empty when the invocation is gone or has no right to run.
     *
     * @param stateBytesMax how many bytes of state to read at most, keys and values; 0 for none
     */
    public static Optional<AttemptReplay> of(InvocationId id, PartitionTables tables, long stateBytesMax) {
        return tables.invocations()
                .get(id)
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Invoked)
                .map(invocation -> of(invocation, tables, stateBytesMax));
    }

    private static AttemptReplay of(Invocation invocation, PartitionTables tables, long stateBytesMax) {
        InvocationTarget target = invocation.target();
        List<StateEntry> state = new ArrayList<>();
        boolean partial = false;
        if (target.key() != null) {
            Budget budget = new Budget(stateBytesMax);
            StateTable.forEach(tables.rows(), invocation.object(), (key, value) -> {
                StateEntry entry = new StateEntry(key, value);
                return budget.allows(entry) && state.add(entry);
            });
            partial = budget.exceeded;
        }
        long lastAppendMillis = tables.journal().head(invocation.id()).lastAppendMillis();
        return new AttemptReplay(invocation, state, partial, lastAppendMillis);
    }

    private static final class Budget {
        private long leftBytes;
        private boolean exceeded;

        private Budget(long leftBytes) {
            this.leftBytes = leftBytes;
        }

        private boolean allows(StateEntry entry) {
            leftBytes -= entry.key().size() + entry.value().size();
            exceeded = leftBytes < 0;
            return !exceeded;
        }
    }
}
