package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.Map;

/** How an invocation begins and ends. */
final class Lifecycle {
    private static final Failure ALREADY_INVOKED =
            new Failure(ErrorCode.CANCELLED, "the workflow method was already invoked");

    private Lifecycle() {}

    static void invoke(InvocationRequest request, Step step) {
        Invocation existing = step.invocations().get(request.id()).orElse(null);
        if (existing != null) {
            meet(existing, request, step);
            return;
        }
        Command.Input input = new Command.Input(request.headers(), request.argument(), "");
        step.journal().append(request.id(), MessageCodec.encode(input));
        List<ResponseSink> waiting = request.responseTo() == null ? List.of() : List.of(request.responseTo());
        boolean later = request.executionTimeMillis() > step.timeMillis();
        TimerKey timer = new TimerKey(request.executionTimeMillis(), TimerKey.Kind.START, request.id(), 0);
        Invocation created =
                new Invocation(request, new InvocationStatus.Scheduled(timer), waiting, null, null).started();
        if (later) {
            step.invocations().put(created);
            step.register(timer);
        } else {
            startOrEnqueue(created, step);
        }
        step.respond(request.submitRequestId(), new Action.Response.Accepted(request.id(), false));
    }

    private static void meet(Invocation existing, InvocationRequest request, Step step) {
        step.respond(request.submitRequestId(), new Action.Response.Accepted(request.id(), true));
        if (request.responseTo() == null) {
            return;
        }
        if (request.target().kind() == InvocationTarget.Kind.WORKFLOW_RUN) {
            Responses.send(request.responseTo(), existing.id(), new Result.Failed(ALREADY_INVOKED), step);
        } else {
            Responses.whenCompleted(existing, request.responseTo(), step);
        }
    }

    /** Starts an invocation, or lets it wait for its object. */
    static void startOrEnqueue(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() != InvocationTarget.Kind.OBJECT_EXCLUSIVE) {
            start(invocation, step);
            return;
        }
        Bytes lock = Key.ofObject(Key.LOCK, target.service(), keyOf(target));
        if (step.tables().get(lock).isEmpty()) {
            step.tables().put(lock, invocation.id().toBytes());
            start(invocation, step);
        } else {
            long sequence = step.tables().nextSequence();
            step.tables()
                    .put(
                            Key.inbox(target.service(), keyOf(target), sequence),
                            invocation.id().toBytes());
            step.invocations().put(invocation.with(new InvocationStatus.Inboxed(sequence)));
        }
    }

    /** Gives an invocation the right to run. */
    static void start(Invocation invocation, Step step) {
        step.invocations().put(invocation.with(new InvocationStatus.Invoked(step.lsn())));
        AttemptId attempt = new AttemptId(invocation.id(), step.tables().epoch(), step.lsn());
        step.emit(new Action.StartAttempt(attempt, invocation.target()));
    }

    /** The handler is done: its output is the last of its journal's commands. */
    static void ended(Invocation invocation, Step step) {
        RawMessage output = step.journal().last(invocation.id(), MessageType.OUTPUT);
        Result result = output == null
                ? new Result.Failed(new Failure(ErrorCode.PROTOCOL_VIOLATION, "the handler ended without an output"))
                : ((Command.Output) MessageCodec.decode(output)).result();
        complete(invocation, result, step);
    }

    /** Ends an invocation: answers who waits, frees its object, keeps or forgets its rows. */
    static void complete(Invocation invocation, Result result, Step step) {
        for (ResponseSink sink : invocation.waiting()) {
            Responses.send(sink, invocation.id(), result, step);
        }
        retain(invocation, result, step);
        releaseObject(invocation, step);
    }

    private static void retain(Invocation invocation, Result result, Step step) {
        InvocationRequest request = invocation.request();
        long journalMillis = request.journalRetentionMillis();
        long rowMillis = Math.max(request.completionRetentionMillis(), journalMillis);
        if (rowMillis == 0) {
            forget(invocation.id(), step);
            return;
        }
        Invocation completed = new Invocation(
                request,
                new InvocationStatus.Completed(result),
                List.of(),
                invocation.deployment(),
                invocation.version());
        step.invocations().put(completed);
        step.register(timer(TimerKey.Kind.CLEAN_INVOCATION, invocation.id(), rowMillis, step));
        if (journalMillis == 0) {
            step.journal().delete(invocation.id());
        } else {
            step.journal().cool(invocation.id());
            if (journalMillis < rowMillis) {
                step.register(timer(TimerKey.Kind.CLEAN_JOURNAL, invocation.id(), journalMillis, step));
            }
        }
    }

    private static TimerKey timer(TimerKey.Kind kind, InvocationId id, long afterMillis, Step step) {
        return new TimerKey(Math.addExact(step.timeMillis(), afterMillis), kind, id, 0);
    }

    static void forget(InvocationId id, Step step) {
        step.invocations().delete(id);
        step.journal().delete(id);
    }

    private static void releaseObject(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() != InvocationTarget.Kind.OBJECT_EXCLUSIVE) {
            return;
        }
        Bytes lock = Key.ofObject(Key.LOCK, target.service(), keyOf(target));
        boolean holds = step.tables()
                .get(lock)
                .map(holder -> holder.equals(invocation.id().toBytes()))
                .orElse(false);
        if (!holds) {
            return;
        }
        Map.Entry<Bytes, Bytes> next = step.tables().first(Key.ofObject(Key.INBOX, target.service(), keyOf(target)));
        if (next == null) {
            step.tables().delete(lock);
        } else {
            step.tables().delete(next.getKey());
            step.tables().put(lock, next.getValue());
            start(
                    step.invocations()
                            .get(InvocationId.fromBytes(next.getValue()))
                            .orElseThrow(),
                    step);
        }
    }

    static String keyOf(InvocationTarget target) {
        String key = target.key();
        if (key == null) {
            throw new IllegalStateException(target + " must have a key");
        }
        return key;
    }
}
