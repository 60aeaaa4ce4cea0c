package dev.reprise.engine.partition;

import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt begins with.
 *
 * @param invocation whose attempt
 * @param journal all entries, the input first
 * @param state the object's state; empty for a plain service
 */
public record AttemptReplay(Invocation invocation, List<RawMessage> journal, List<StateEntry> state) {
    /** Reads it; empty when the invocation is gone or has no right to run. */
    public static Optional<AttemptReplay> of(InvocationId id, Tables tables) {
        return tables.invocations()
                .get(id)
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Invoked)
                .map(invocation -> {
                    InvocationTarget target = invocation.target();
                    List<StateEntry> state = target.key() == null
                            ? List.of()
                            : StateCommands.entries(tables, target.service(), target.key());
                    return new AttemptReplay(invocation, tables.journal().entries(id), state);
                });
    }
}
