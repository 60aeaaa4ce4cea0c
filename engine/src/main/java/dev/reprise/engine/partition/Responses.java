package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;

/** Who waits for an invocation's result, and how it gets there. */
final class Responses {
    private Responses() {}

    static void attach(PartitionRecord.AttachRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null) {
            notFound(request, step);
        } else if (request.untilCompleted()) {
            whenCompleted(invocation, request.responseTo(), step);
        } else if (invocation.status() instanceof InvocationStatus.Completed(Result result)) {
            send(request.responseTo(), invocation.id(), result, step);
        } else {
            switch (request.responseTo()) {
                case ResponseSink.Client(RequestId id) ->
                    step.respond(id, new Action.Response.NotReady(invocation.id()));
                case ResponseSink.Caller caller -> complete(caller, Result.Empty.INSTANCE, step);
            }
        }
    }

    private static void notFound(PartitionRecord.AttachRequested request, Step step) {
        switch (request.responseTo()) {
            case ResponseSink.Client(RequestId id) -> step.respond(id, new Action.Response.NotFound(request.target()));
            case ResponseSink.Caller caller ->
                complete(
                        caller,
                        request.untilCompleted()
                                ? new Result.Failed(new Failure(404, "not found"))
                                : Result.Empty.INSTANCE,
                        step);
        }
    }

    /** Answers at once if there is a result, else when there is one. */
    static void whenCompleted(Invocation invocation, ResponseSink sink, Step step) {
        if (invocation.status() instanceof InvocationStatus.Completed(Result result)) {
            send(sink, invocation.id(), result, step);
        } else {
            step.invocations().put(invocation.withWaiting(sink));
        }
    }

    static void send(ResponseSink sink, InvocationId from, Result result, Step step) {
        switch (sink) {
            case ResponseSink.Client(RequestId id) -> step.respond(id, response(from, result));
            case ResponseSink.Caller caller -> complete(caller, result, step);
        }
    }

    private static void complete(ResponseSink.Caller caller, Result result, Step step) {
        step.deliver(
                caller.invocationId(),
                new PartitionRecord.CompletionArrived(
                        caller.invocationId(), caller.completionId(), caller.type(), result));
    }

    private static Action.Response response(InvocationId from, Result result) {
        return switch (result) {
            case Result.Value(Bytes content) -> new Action.Response.Completed(from, content);
            case Result.Failed(Failure failure) -> new Action.Response.Failed(from, failure);
            case Result.Empty _, Result.InvocationIdValue _, Result.StateKeys _ ->
                new Action.Response.Failed(from, new Failure(ErrorCode.INTERNAL, "the output is no value"));
        };
    }
}
