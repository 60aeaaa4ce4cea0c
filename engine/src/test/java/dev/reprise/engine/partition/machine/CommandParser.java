package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;

/** Reads the entries that a scenario's handlers make. */
final class CommandParser {
    private final ScenarioParser parser;
    private final AttemptId attempt;

    CommandParser(ScenarioParser parser, AttemptId attempt) {
        this.parser = parser;
        this.attempt = attempt;
    }

    PartitionRecord entry(Words w) {
        String what = w.next();
        return switch (what) {
            case "Call" -> call(w);
            case "Send" -> send(w);
            case "Raw" -> {
                int type = Integer.parseInt(w.next(), 16);
                yield appended(new RawMessage(type, w.isEmpty() ? Bytes.EMPTY : Bytes.utf8(w.next())));
            }
            default -> appended(MessageCodec.encode(command(what, w)));
        };
    }

    private PartitionRecord appended(RawMessage entry) {
        return new PartitionRecord.EntryAppended(attempt, entry, null);
    }

    private Command command(String what, Words w) {
        return switch (what) {
            case "Input" -> new Command.Input(List.of(), Bytes.EMPTY, "");
            case "Output" -> new Command.Output(ScenarioParser.result(w), "");
            case "Run" -> new Command.Run(w.number(), "");
            case "Sleep" -> {
                int completion = w.number();
                yield new Command.Sleep(Names.millis(w.next()), completion, "");
            }
            case "Get" -> {
                int completion = w.number();
                yield new Command.GetLazyState(Bytes.utf8(w.next()), completion, "");
            }
            case "EagerGet" -> new Command.GetEagerState(Bytes.utf8(w.next()), ScenarioParser.result(w), "");
            case "Keys" -> new Command.GetLazyStateKeys(w.number(), "");
            case "Set" -> new Command.SetState(Bytes.utf8(w.next()), Bytes.utf8(w.next()), "");
            case "Clear" -> new Command.ClearState(Bytes.utf8(w.next()), "");
            case "ClearAll" -> new Command.ClearAllState("");
            case "GetPromise" -> {
                int completion = w.number();
                yield new Command.GetPromise(w.next(), completion, "");
            }
            case "PeekPromise" -> {
                int completion = w.number();
                yield new Command.PeekPromise(w.next(), completion, "");
            }
            case "CompletePromise" -> {
                int completion = w.number();
                yield new Command.CompletePromise(w.next(), ScenarioParser.result(w), completion, "");
            }
            case "SendSignal" ->
                new Command.SendSignal(
                        parser.id(w).toString(), ScenarioParser.signal(w.next()), ScenarioParser.result(w), "");
            case "CompleteAwakeable" ->
                new Command.CompleteAwakeable(
                        new AwakeableId(parser.id(w), w.number()).toString(), ScenarioParser.result(w), "");
            case "Attach" -> {
                int completion = w.number();
                yield new Command.AttachInvocation(reference(w), completion, "");
            }
            case "GetOutput" -> {
                int completion = w.number();
                yield new Command.GetInvocationOutput(reference(w), completion, "");
            }
            default -> throw new IllegalArgumentException("no such command: " + what);
        };
    }

    private InvocationReference reference(Words w) {
        if (w.takes("workflow")) {
            return new InvocationReference.ByWorkflow(w.next(), w.next(), null);
        }
        if (w.takes("idempotent")) {
            return new InvocationReference.ByIdempotencyKey(w.next(), null, w.next(), w.next(), null);
        }
        return new InvocationReference.ById(parser.id(w).toString());
    }

    private PartitionRecord call(Words w) {
        int idCompletion = w.number();
        int resultCompletion = w.number();
        ResponseSink.Caller caller =
                new ResponseSink.Caller(attempt.invocationId(), resultCompletion, MessageType.CALL_COMPLETION);
        InvocationRequest request = parser.request(w, caller);
        String key = request.target().key();
        Command command = new Command.Call(
                request.target().service(),
                request.target().handler(),
                request.argument(),
                List.of(),
                key == null ? "" : key,
                request.idempotencyKey(),
                null,
                null,
                idCompletion,
                resultCompletion,
                "");
        return new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(command), request);
    }

    private PartitionRecord send(Words w) {
        int idCompletion = w.number();
        InvocationRequest request = parser.request(w, null);
        String key = request.target().key();
        Command command = new Command.OneWayCall(
                request.target().service(),
                request.target().handler(),
                request.argument(),
                request.executionTimeMillis(),
                List.of(),
                key == null ? "" : key,
                request.idempotencyKey(),
                null,
                null,
                idCompletion,
                "");
        return new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(command), request);
    }
}
