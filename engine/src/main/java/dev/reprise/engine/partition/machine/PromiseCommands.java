package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.Promise;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;

/** A workflow's promises: any of its handlers completes one, once, and any number of them wait for it. */
final class PromiseCommands {
    private static final Result ALREADY_COMPLETED =
            new Result.Failed(new Failure(ErrorCode.CANCELLED, "promise was already completed"));

    private PromiseCommands() {}

    static void get(Invocation invocation, Command.GetPromise command, Step step) {
        Promise promise = read(invocation, command.key(), step);
        ResponseSink.Caller caller = new ResponseSink.Caller(
                invocation.id(), command.resultCompletionId(), MessageType.GET_PROMISE_COMPLETION);
        Result result = promise.result();
        if (result == null) {
            write(invocation, command.key(), promise.withWaiting(caller), step);
        } else {
            Life.answer(invocation, caller.type(), caller.completionId(), result, step);
        }
    }

    static void peek(Invocation invocation, Command.PeekPromise command, Step step) {
        Result result = read(invocation, command.key(), step).result();
        Life.answer(
                invocation,
                MessageType.PEEK_PROMISE_COMPLETION,
                command.resultCompletionId(),
                result == null ? Result.Empty.INSTANCE : result,
                step);
    }

    static void complete(Invocation invocation, Command.CompletePromise command, Step step) {
        Promise promise = read(invocation, command.key(), step);
        boolean first = promise.result() == null;
        if (first) {
            write(invocation, command.key(), Promise.completed(command.completion()), step);
            promise.waiting().forEach(caller -> Responses.complete(caller, command.completion(), step));
        }
        Life.answer(
                invocation,
                MessageType.COMPLETE_PROMISE_COMPLETION,
                command.resultCompletionId(),
                first ? Result.Empty.INSTANCE : ALREADY_COMPLETED,
                step);
    }

    private static Promise read(Invocation invocation, String promise, Step step) {
        return step.tables().promises().get(invocation.object(), promise);
    }

    private static void write(Invocation invocation, String promise, Promise value, Step step) {
        step.tables().promises().put(invocation.object(), promise, value);
    }
}
