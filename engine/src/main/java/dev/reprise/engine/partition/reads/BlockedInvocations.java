package dev.reprise.engine.partition.reads;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.machine.InvocationTable;
import dev.reprise.engine.partition.machine.Key;
import dev.reprise.engine.partition.machine.ObjectTable;
import dev.reprise.engine.partition.machine.ObjectTable.InboxEntry;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;

/**
 * Invocations that cannot continue: paused ones, and those that wait for them. For people; on the partition's thread.
 */
public final class BlockedInvocations {
    private BlockedInvocations() {}

    /** The paused invocations, up to a limit. */
    public static List<InvocationId> paused(PartitionTables tables, int max) {
        List<InvocationId> paused = new ArrayList<>();
        tables.rows().scan(Key.ofStatus(InvocationStatus.Kind.PAUSED, null), (key, _) -> {
            paused.add(InvocationTable.idOfStatus(key));
            return paused.size() < max;
        });
        return paused;
    }

    /**
     * The invocations that cannot continue before this one has ended, up to a limit: those that have called it or are
     * attached to it, and those that wait for the object it holds.
     */
    public static List<InvocationId> on(PartitionTables tables, InvocationId id, int max) {
        List<InvocationId> found = new ArrayList<>();
        tables.invocations().get(id).ifPresent(invocation -> {
            for (ResponseSink sink : invocation.waiting()) {
                if (sink instanceof ResponseSink.Caller caller && found.size() < max) {
                    found.add(caller.invocationId());
                }
            }
            if (holdsObject(tables, invocation)) {
                addInbox(tables, invocation.object(), found, max);
            }
        });
        return found;
    }

    private static boolean holdsObject(PartitionTables tables, Invocation invocation) {
        return invocation.target().kind() == HandlerKind.OBJECT_EXCLUSIVE
                && ObjectTable.lock(tables.rows(), invocation.object())
                        .filter(lock -> lock.holder().equals(invocation.id()))
                        .isPresent();
    }

    private static void addInbox(PartitionTables tables, ObjectId object, List<InvocationId> found, int max) {
        tables.rows().scan(Key.ofObject(Key.INBOX, object), (_, value) -> {
            if (InboxEntry.decode(value) instanceof InboxEntry.Waiting(InvocationId waiting)) {
                found.add(waiting);
            }
            return found.size() < max;
        });
    }
}
