package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;

/** A workflow's promises: completed once, waited for by any number of its handlers. */
final class Promises {
    private static final Result ALREADY_COMPLETED =
            new Result.Failed(new Failure(ErrorCode.CANCELLED, "the promise was already completed"));

    private Promises() {}

    static void apply(Invocation invocation, Command command, Step step) {
        switch (command) {
            case Command.GetPromise c -> get(invocation, c, step);
            case Command.PeekPromise c -> {
                Result result = read(key(invocation, c.key()), step).result();
                Notifications.complete(
                        invocation,
                        MessageType.PEEK_PROMISE_COMPLETION,
                        c.resultCompletionId(),
                        result == null ? Result.Empty.INSTANCE : result,
                        step);
            }
            case Command.CompletePromise c -> complete(invocation, c, step);
            default -> throw new IllegalStateException("not a promise's command: " + command);
        }
    }

    private static void get(Invocation invocation, Command.GetPromise command, Step step) {
        Bytes key = key(invocation, command.key());
        Promise promise = read(key, step);
        if (promise.result() != null) {
            Notifications.complete(
                    invocation,
                    MessageType.GET_PROMISE_COMPLETION,
                    command.resultCompletionId(),
                    promise.result(),
                    step);
            return;
        }
        List<ResponseSink.Caller> waiting = new ArrayList<>(promise.waiting());
        waiting.add(new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.GET_PROMISE_COMPLETION));
        step.tables().put(key, new Promise(null, waiting).encode());
    }

    private static void complete(Invocation invocation, Command.CompletePromise command, Step step) {
        Bytes key = key(invocation, command.key());
        Promise promise = read(key, step);
        Result answer = promise.result() == null ? Result.Empty.INSTANCE : ALREADY_COMPLETED;
        if (promise.result() == null) {
            step.tables().put(key, new Promise(command.completion(), List.of()).encode());
            for (ResponseSink.Caller waiting : promise.waiting()) {
                Responses.send(waiting, invocation.id(), command.completion(), step);
            }
        }
        Notifications.complete(
                invocation, MessageType.COMPLETE_PROMISE_COMPLETION, command.resultCompletionId(), answer, step);
    }

    private static Bytes key(Invocation invocation, String promise) {
        InvocationTarget target = invocation.target();
        return Key.promise(target.service(), Lifecycle.keyOf(target), promise);
    }

    private static Promise read(Bytes key, Step step) {
        return step.tables().get(key).map(Promise::decode).orElse(Promise.NEW);
    }
}
