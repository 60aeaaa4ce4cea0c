package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.PartitionRecord.FromAttempt;
import dev.reprise.engine.partition.PartitionRecord.SaidAfterWaiting;
import dev.reprise.engine.partition.PartitionRecord.Wait;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.wire.AwaitedCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says that it waits for, until it says something that makes a record. Only where several things are
 * combined, and only the first waits of an attempt. Used by the deployment's thread.
 */
final class Waits {
    private final List<Wait> unwritten = new ArrayList<>();
    private int added;
    private @Nullable Awaited last;

    /** The handler waits. An SDK that tells of the same wait again whenever a part of it has come adds nothing. */
    void add(ControlMessage.AwaitingOn message, long nowMillis) {
        if (added == SaidAfterWaiting.WAITS_MAX) {
            return;
        }
        Awaited awaited =
                message.awaited() == null ? Awaited.of(message.awaitingOn()).orElse(null) : message.awaited();
        if (awaited instanceof Awaited.Group group && !isPartOf(group, last)) {
            unwritten.add(new Wait(AwaitedCodec.encode(group), nowMillis));
            last = group;
            added++;
        }
    }

    private static boolean isPartOf(Awaited.Group group, @Nullable Awaited before) {
        return before instanceof Awaited.Group(String label, var kind, var _)
                && group.label().equals(label)
                && group.kind() == kind
                && leaves(before).containsAll(leaves(group));
    }

    private static Set<NotificationId> leaves(Awaited awaited) {
        Set<NotificationId> leaves = new LinkedHashSet<>();
        collect(awaited, leaves);
        return leaves;
    }

    private static void collect(Awaited awaited, Set<NotificationId> into) {
        switch (awaited) {
            case Awaited.One(NotificationId id) -> into.add(id);
            case Awaited.Group group -> group.members().forEach(member -> collect(member, into));
        }
    }

    /** What is said next, with the waits before it. */
    FromAttempt before(FromAttempt said) {
        if (unwritten.isEmpty()) {
            return said;
        }
        FromAttempt both = new SaidAfterWaiting(unwritten, said);
        unwritten.clear();
        return both;
    }
}
