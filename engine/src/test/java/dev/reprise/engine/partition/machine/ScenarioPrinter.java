package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes actions and values in a scenario's words. */
public final class ScenarioPrinter {
    private final Names names;

    public ScenarioPrinter(Names names) {
        this.names = names;
    }

    String action(Action action) {
        return switch (action) {
            case Action.StartAttempt a ->
                "StartAttempt " + names.of(a.attempt().invocationId()) + " epoch="
                        + a.attempt().epoch() + " start=" + a.attempt().startLsn() + " " + a.target();
            case Action.ForwardNotification a ->
                "ForwardNotification " + names.of(a.invocationId()) + "[" + a.index() + "] "
                        + message(a.notification());
            case Action.AckRun a ->
                "AckRun " + names.of(a.invocationId()) + "[" + a.index() + "] " + message(a.notification());
            case Action.HaltAttempt a -> "HaltAttempt " + names.of(a.invocationId());
            case Action.AbortAttempt a -> "AbortAttempt " + names.of(a.invocationId());
            case Action.InvocationStarted a ->
                "InvocationStarted " + names.of(a.invocation().id());
            case Action.InvocationEnded a ->
                "InvocationEnded " + names.of(a.invocation().id()) + result(a.result());
            case Action.RetryNow a -> "RetryNow " + names.of(a.invocationId());
            case Action.RegisterTimer a -> "RegisterTimer " + timer(a.timer());
            case Action.DeleteTimer a -> "DeleteTimer " + timer(a.timer());
            case Action.SendToPartition a ->
                "SendToPartition " + a.partition() + " #" + a.sequence() + " " + record(a.record());
            case Action.Respond a -> "Respond client" + a.requestId().sequence() + " " + response(a.response());
        };
    }

    public String response(Response response) {
        return switch (response) {
            case Response.Accepted r ->
                "Accepted " + names.of(r.invocationId()) + (r.existedBefore() ? " existedBefore" : "");
            case Response.Completed r ->
                "Completed " + names.of(r.invocationId()) + " ="
                        + ScenarioParser.shortened(r.value().utf8()) + kept(r.keptUntilMillis());
            case Response.Failed r ->
                "Failed " + failure(r.failure()) + (r.stacktrace().isEmpty() ? "" : " trace=" + r.stacktrace())
                        + kept(r.keptUntilMillis());
            case Response.NotReady r -> "NotReady " + names.of(r.invocationId());
            case Response.NotFound r -> "NotFound " + names.of(r.invocationId());
            case Response.Done _ -> "Done";
            case Response.Refused r -> "Refused " + r.code() + " " + r.reason();
        };
    }

    private static String kept(long untilMillis) {
        return untilMillis == 0 ? "" : " kept until " + Names.time(untilMillis);
    }

    /** A record that one partition causes in another. */
    public String record(PartitionRecord record) {
        return switch (record) {
            case PartitionRecord.Invoke r ->
                "Invoke " + names.of(r.request().id()) + " " + r.request().target();
            case PartitionRecord.SignalSent r ->
                "SignalSent " + names.of(r.target()) + " " + id(r.signal()) + result(r.result());
            case PartitionRecord.CompletionArrived r ->
                "CompletionArrived " + names.of(r.target()) + " " + r.completionId() + " " + r.type()
                        + result(r.result());
            case PartitionRecord.KillRequested r -> "KillRequested " + names.of(r.target());
            case PartitionRecord.AttachWithdrawn r ->
                "AttachWithdrawn " + names.of(r.target()) + " " + sink(new ResponseSink.Client(r.requestId()));
            case PartitionRecord.AttachRequested r ->
                "AttachRequested " + names.of(r.target()) + " " + sink(r.responseTo())
                        + (r.untilCompleted() ? "" : " nowait");
            default -> record.toString();
        };
    }

    String timer(TimerKey timer) {
        String completion = timer.completionId() == 0 ? "" : " " + timer.completionId();
        return "@" + Names.time(timer.wakeUpMillis()) + " " + timer.kind() + " " + names.of(timer.invocationId())
                + completion;
    }

    String sink(ResponseSink sink) {
        return switch (sink) {
            case ResponseSink.Client(RequestId id) -> "client" + id.sequence();
            case ResponseSink.Caller c -> names.of(c.invocationId()) + "." + c.completionId();
        };
    }

    String status(InvocationStatus status) {
        return switch (status) {
            case InvocationStatus.Scheduled(TimerKey timer) -> "Scheduled @" + Names.time(timer.wakeUpMillis());
            case InvocationStatus.Inboxed(long sequence) -> "Inboxed #" + sequence;
            case InvocationStatus.Invoked(long startLsn, boolean pauseRequested) ->
                "Invoked start=" + startLsn + (pauseRequested ? ", pause requested" : "");
            case InvocationStatus.Suspended(FutureTree tree, int known) ->
                "Suspended " + tree(tree) + (mayRecur(tree) ? ", knew " + known : "");
            case InvocationStatus.Paused(Failure failure) -> "Paused" + (failure == null ? "" : " " + failure(failure));
            case InvocationStatus.Completed(KeptResult.Inline(Result result)) -> "Completed" + result(result);
            case InvocationStatus.Completed(KeptResult.InJournal _) -> "Completed, kept in the journal";
        };
    }

    /** Whether what the handler knew makes a difference. */
    private static boolean mayRecur(FutureTree tree) {
        List<NotificationId> recurring = new ArrayList<>();
        tree.forEachLeaf(id -> {
            if (id.recurs()) {
                recurring.add(id);
            }
        });
        return !recurring.isEmpty();
    }

    private static String awaited(Awaited awaited) {
        return switch (awaited) {
            case Awaited.One(NotificationId id) -> id(id);
            case Awaited.Group group ->
                group.members().stream()
                        .map(ScenarioPrinter::awaited)
                        .collect(Collectors.joining(", ", (group.label() + " " + group.kind()).strip() + "(", ")"));
        };
    }

    public static String tree(FutureTree tree) {
        return switch (tree) {
            case FutureTree.Leaf(NotificationId id) -> id(id);
            case FutureTree.Combinator node ->
                node.kind() + "("
                        + node.children().stream().map(ScenarioPrinter::tree).collect(Collectors.joining(", "))
                        + ")";
        };
    }

    public String message(RawMessage raw) {
        Message message;
        try {
            message = MessageCodec.decode(raw);
        } catch (ProtocolException e) {
            return "%04X, which cannot be read".formatted(raw.type());
        }
        return switch (message) {
            case Notification n -> camelCase(n.type().name()) + "(" + id(n.id()) + ")" + result(n.result());
            case CustomEntry c -> "Custom(%04X)".formatted(c.type());
            default -> message.getClass().getSimpleName();
        };
    }

    private static String camelCase(String constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return text.toString();
    }

    private static String id(NotificationId id) {
        return switch (id) {
            case NotificationId.CompletionId(int number) -> Integer.toString(number);
            case NotificationId.SignalIndex(int index) -> "signal" + index;
            case NotificationId.SignalName(String name) -> "signal:" + name;
        };
    }

    String result(Result result) {
        return switch (result) {
            case Result.Empty _ -> "";
            case Result.Value(Bytes content) -> " =" + ScenarioParser.shortened(content.utf8());
            case Result.Failed(Failure failure) -> " " + failure(failure);
            case Result.InvocationIdValue(String id) -> " " + names.of(InvocationId.parse(id));
            case Result.StateKeys keys ->
                " " + keys.keys().stream().map(Bytes::utf8).toList();
        };
    }

    public static String event(JournalEvent event) {
        return switch (event) {
            case JournalEvent.TransientError e -> "TransientError " + error(e);
            case JournalEvent.Suspended(FutureTree awaitingOn) -> "Suspended " + tree(awaitingOn);
            case JournalEvent.Waiting waiting -> "Waiting " + awaited(waiting.awaited());
            case JournalEvent.Paused(JournalEvent.TransientError e) -> "Paused" + (e == null ? "" : " " + error(e));
        };
    }

    private static String error(JournalEvent.TransientError e) {
        return failure(e.failure())
                + (e.relatedCommandIndex() == null ? "" : " at " + e.relatedCommandIndex())
                + (e.relatedCommandName() == null ? "" : " " + e.relatedCommandType() + " " + e.relatedCommandName());
    }

    private static String failure(Failure failure) {
        return "!" + failure.code() + " " + failure.message();
    }
}
