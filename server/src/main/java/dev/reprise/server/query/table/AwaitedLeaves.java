package dev.reprise.server.query.table;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.OwnedEntry;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one invocation waits for, derived from its await tree and its journal, which says what the tree's leaves are.
 * One thread.
 */
final class AwaitedLeaves {
    private final Invocation invocation;
    /** Whether each of them is required. */
    private final Map<NotificationId, Boolean> leaves = new LinkedHashMap<>();

    private final Map<Integer, JournalEntry> commands = new HashMap<>();
    private final Map<Integer, String> callees = new HashMap<>();

    AwaitedLeaves(Invocation invocation, FutureTree tree) {
        this.invocation = invocation;
        add(tree, true);
    }

    /** A cancellation may come instead of anything, so every wait includes it and it carries no information. */
    private void add(FutureTree tree, boolean isRequired) {
        switch (tree) {
            case FutureTree.Leaf(NotificationId id) -> {
                if (!id.equals(NotificationId.SignalIndex.CANCEL)) {
                    leaves.merge(id, isRequired, Boolean::logicalOr);
                }
            }
            case FutureTree.Combinator(FutureTree.Kind kind, List<FutureTree> children) -> {
                List<FutureTree> others = children.stream()
                        .filter(child -> !child.equals(FutureTree.of(NotificationId.SignalIndex.CANCEL)))
                        .toList();
                boolean needsAll = others.size() == 1
                        || kind == FutureTree.Kind.ALL_COMPLETED
                        || kind == FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
                others.forEach(child -> add(child, isRequired && needsAll));
            }
        }
    }

    /** The leaves that have not arrived. */
    List<Wait> readFrom(PartitionReads reads) {
        Iterator<OwnedEntry> entries = reads.entries(invocation.id());
        while (entries.hasNext() && !leaves.isEmpty()) {
            JournalEntry entry = entries.next().entry();
            read(entry, MessageCodec.decode(entry.message()));
        }
        List<Wait> waits = new ArrayList<>();
        leaves.forEach((id, isRequired) -> waits.add(wait(id, isRequired)));
        return waits;
    }

    private void read(JournalEntry entry, Message message) {
        if (message instanceof Notification notification) {
            leaves.remove(notification.id());
            if (notification.id() instanceof NotificationId.CompletionId(int completion)
                    && notification.result() instanceof Result.InvocationIdValue(String id)) {
                callees.put(completion, id);
            }
        } else if (message instanceof Command command) {
            OptionalInt completion = completion(command);
            if (completion.isPresent()) {
                commands.put(completion.getAsInt(), entry);
            }
        }
    }

    private static OptionalInt completion(Command command) {
        return switch (command) {
            case Command.Call call -> OptionalInt.of(call.resultCompletionId());
            case Command.AttachInvocation attach -> OptionalInt.of(attach.resultCompletionId());
            case Command.GetPromise get -> OptionalInt.of(get.resultCompletionId());
            case Command.Sleep sleep -> OptionalInt.of(sleep.resultCompletionId());
            case Command.Run run -> OptionalInt.of(run.resultCompletionId());
            case Command.GetInvocationOutput _,
                    Command.PeekPromise _,
                    Command.CompletePromise _,
                    Command.GetLazyState _,
                    Command.GetLazyStateKeys _,
                    Command.GetEagerState _,
                    Command.GetEagerStateKeys _,
                    Command.SetState _,
                    Command.ClearState _,
                    Command.ClearAllState _,
                    Command.OneWayCall _,
                    Command.SendSignal _,
                    Command.CompleteAwakeable _,
                    Command.Input _,
                    Command.Output _ -> OptionalInt.empty();
        };
    }

    private Wait wait(NotificationId id, boolean isRequired) {
        JournalEntry entry =
                id instanceof NotificationId.CompletionId(int completion) ? commands.get(completion) : null;
        long since = entry == null ? invocation.times().modifiedMillis() : entry.appendTimeMillis();
        return new Wait(invocation.id(), invocation.target(), what(id, entry), isRequired, since);
    }

    private Wait.For what(NotificationId id, @Nullable JournalEntry entry) {
        return switch (id) {
            case NotificationId.SignalIndex(int index) ->
                new Wait.For("awakeable", null, null, new AwakeableId(invocation.id(), index).toString(), 0);
            case NotificationId.SignalName(String name) -> new Wait.For("signal", name, null, null, 0);
            case NotificationId.CompletionId _ ->
                entry != null && MessageCodec.decode(entry.message()) instanceof Command command
                        ? what(command)
                        // The server answers these by itself, at once.
                        : new Wait.For("result", null, null, null, 0);
        };
    }

    private Wait.For what(Command command) {
        String name = command.name().isEmpty() ? null : command.name();
        return switch (command) {
            case Command.Call call -> {
                String key = call.key().isEmpty() ? "" : call.key() + "/";
                String target = call.serviceName() + "/" + key + call.handlerName();
                yield new Wait.For("call", name, id(callees.get(call.invocationIdCompletionId())), target, 0);
            }
            case Command.AttachInvocation attach -> new Wait.For("attach", name, id(attach.target()), null, 0);
            case Command.GetPromise get ->
                new Wait.For(
                        "promise",
                        name,
                        null,
                        invocation.target().service() + "/"
                                + invocation.target().key() + "/" + get.key(),
                        0);
            case Command.Sleep sleep -> new Wait.For("timer", name, null, null, sleep.wakeUpTimeMillis());
            case Command.Run _ -> new Wait.For("run", name, null, null, 0);
            default -> new Wait.For("result", name, null, null, 0);
        };
    }

    private static @Nullable InvocationId id(@Nullable String text) {
        return text == null ? null : id(new InvocationReference.ById(text));
    }

    private static @Nullable InvocationId id(InvocationReference reference) {
        try {
            return InvocationId.of(reference);
        } catch (ProtocolException _) {
            return null; // an id that names nothing
        }
    }
}
