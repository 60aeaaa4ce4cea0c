package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;

/** Who waits for an invocation's result, and how it gets there. */
final class Responses {
    private static final Result NOT_FOUND = new Result.Failed(new Failure(404, "not found"));

    private Responses() {}

    static void attach(PartitionRecord.AttachRequested request, Step step) {
        Invocation invocation = step.invocations().get(request.target()).orElse(null);
        if (invocation == null) {
            notFound(request, step);
        } else if (request.untilCompleted() || invocation.status() instanceof InvocationStatus.Completed) {
            whenCompleted(invocation, request.responseTo(), step);
        } else {
            notReady(request, step);
        }
    }

    /** Forgets a client that asked and has gone, so that such clients do not pile up until the invocation's end. */
    static void withdraw(PartitionRecord.AttachWithdrawn request, Step step) {
        ResponseSink gone = new ResponseSink.Client(request.requestId());
        step.invocations()
                .get(request.target())
                .filter(invocation -> invocation.waiting().contains(gone))
                .ifPresent(invocation -> step.invocations().put(invocation.withoutWaiting(gone)));
    }

    private static void notFound(PartitionRecord.AttachRequested request, Step step) {
        switch (request.responseTo()) {
            case ResponseSink.Client(RequestId id) -> step.respond(id, new Response.NotFound(request.target()));
            case ResponseSink.Caller caller -> complete(caller, NOT_FOUND, step);
        }
    }

    private static void notReady(PartitionRecord.AttachRequested request, Step step) {
        switch (request.responseTo()) {
            case ResponseSink.Client(RequestId id) -> step.respond(id, new Response.NotReady(request.target()));
            case ResponseSink.Caller caller -> complete(caller, Result.Empty.INSTANCE, step);
        }
    }

    /** Answers at once if there is a result, otherwise when there is one. */
    static void whenCompleted(Invocation invocation, ResponseSink sink, Step step) {
        if (invocation.status() instanceof InvocationStatus.Completed(KeptResult kept)) {
            Result result = step.journal().result(invocation.id(), kept);
            send(sink, new Outcome(invocation.id(), result, "", invocation.keptUntilMillis()), step);
        } else if (!invocation.waiting().contains(sink)) {
            step.invocations().put(invocation.withWaiting(sink));
        }
    }

    /**
     * Answers those who waited for the end; {@code stacktrace} says where in the handler it failed, empty if unknown.
     */
    static void sendAll(Invocation invocation, Result result, String stacktrace, Step step) {
        Outcome outcome = new Outcome(invocation.id(), result, stacktrace, 0);
        for (ResponseSink sink : invocation.waiting()) {
            send(sink, outcome, step);
        }
    }

    /** Answers with a result that is not the invocation's own. */
    static void send(ResponseSink sink, InvocationId from, Result result, Step step) {
        send(sink, new Outcome(from, result, "", 0), step);
    }

    private static void send(ResponseSink sink, Outcome outcome, Step step) {
        switch (sink) {
            case ResponseSink.Client(RequestId id) -> step.respond(id, outcome.response());
            case ResponseSink.Caller caller -> complete(caller, outcome.result(), step);
        }
    }

    static void complete(ResponseSink.Caller caller, Result result, Step step) {
        step.deliver(
                caller.invocationId(),
                new PartitionRecord.CompletionArrived(
                        caller.invocationId(), caller.completionId(), caller.type(), result));
    }

    /** A result, and what a client gets with it. */
    private record Outcome(InvocationId from, Result result, String stacktrace, long keptUntilMillis) {
        Response response() {
            return switch (result) {
                case Result.Value(Bytes content) -> new Response.Completed(from, content, keptUntilMillis);
                case Result.Failed(Failure failure) -> failed(failure);
                case Result.Empty _, Result.InvocationIdValue _, Result.StateKeys _ ->
                    failed(new Failure(ErrorCode.INTERNAL, "the output is no value"));
            };
        }

        private Response failed(Failure failure) {
            return new Response.Failed(from, failure, stacktrace, keptUntilMillis);
        }
    }
}
