package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs a completed invocation again, as a new one with the same target and input. It begins after a prefix of the old
 * journal, in which every command must have its completions; those that came later are copied as well.
 */
final class Restarting {
    private Restarting() {}

    static void restart(PartitionRecord.RestartRequested request, Step step) {
        Invocation old = step.invocations().get(request.target()).orElse(null);
        step.respond(
                request.requestId(), old == null ? new Response.NotFound(request.target()) : run(request, old, step));
    }

    private static Response run(PartitionRecord.RestartRequested request, Invocation old, Step step) {
        Response refusal = refusal(request, old, step);
        if (refusal != null) {
            return refusal;
        }
        List<RawMessage> prefix = prefix(request, step);
        if (prefix.isEmpty()) {
            String reason = "The prefix of the journal '" + old.id()
                    + "' up to 'from' (included) contains some Commands without respective Completions.";
            return new Response.Refused(old.id(), 400, reason);
        }
        Invocation created = Invocation.restarted(old, request, step.timeMillis());
        Life.accept(created, step);
        prefix.forEach(entry -> copy(created.id(), entry, step));
        Life.enter(created, step);
        return new Response.Accepted(created.id(), false);
    }

    private static @Nullable Response refusal(PartitionRecord.RestartRequested request, Invocation old, Step step) {
        ProtocolVersion version = old.version();
        boolean started = !(old.status() instanceof InvocationStatus.Scheduled
                || old.status() instanceof InvocationStatus.Inboxed);
        if (!started) {
            return refused(old, 425, "cannot be restarted because it's not running yet.");
        } else if (!(old.status() instanceof InvocationStatus.Completed)) {
            return refused(old, 409, "is still running.");
        } else if (!old.mayBeRestartedFrom(request.upToEntryInclusive())) {
            String reason = "Restarting the invocation '" + old.id() + "' is not supported. Restarting workflows is not"
                    + " supported, and restarting invocations created using the old service protocol.";
            return new Response.Refused(old.id(), 422, reason);
        } else if (step.journal().length(old.id()) == 0) {
            return refused(
                    old,
                    410,
                    "cannot be restarted because the input is not available. This indicates that the journal was"
                            + " already purged, or not retained at all.");
        }
        // An invocation that was never bound starts without a binding again.
        return request.deployment() == null || version == null
                ? null
                : request.deployment().refusal(old, version);
    }

    private static Response refused(Invocation old, int code, String reason) {
        return new Response.Refused(old.id(), code, "The invocation '" + old.id() + "' " + reason);
    }

    /**
     * The entries to copy, in order; empty if a command's completion is missing, or the prefix is longer than the
     * journal.
     */
    private static List<RawMessage> prefix(PartitionRecord.RestartRequested request, Step step) {
        List<RawMessage> copied = new ArrayList<>();
        TreeSet<Integer> missing = new TreeSet<>();
        int index = 0;
        for (RawMessage entry : step.journal().entries(request.target())) {
            boolean inPrefix = index++ <= request.upToEntryInclusive();
            switch (MessageCodec.decode(entry)) {
                case Command command
                when inPrefix -> {
                    missing.addAll(CompletionIds.of(command));
                    copied.add(entry);
                }
                case Notification notification -> {
                    boolean wanted = notification.id() instanceof CompletionId(int id) && missing.remove(id);
                    if (inPrefix || wanted) {
                        copied.add(entry);
                    }
                }
                default -> {
                    if (inPrefix) {
                        copied.add(entry);
                    }
                }
            }
        }
        boolean isWhole = request.upToEntryInclusive() >= 0 && request.upToEntryInclusive() < index;
        return isWhole && missing.isEmpty() ? copied : List.of();
    }

    private static void copy(InvocationId to, RawMessage entry, Step step) {
        if (MessageCodec.decode(entry) instanceof Notification notification) {
            Life.append(to, notification, entry, step);
        } else {
            Life.append(to, entry, step);
        }
    }
}
