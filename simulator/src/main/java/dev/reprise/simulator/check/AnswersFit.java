package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.simulator.program.Argument;
import dev.reprise.simulator.program.CallOperations;
import dev.reprise.simulator.program.Expected;
import dev.reprise.simulator.program.Programs;
import dev.reprise.simulator.program.Services;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.List;

/** Every random handler ends as its program must, unless it was cancelled or killed, and clients are told so. */
public final class AnswersFit implements Check {
    private final Families families;

    public AnswersFit(Families families) {
        this.families = families;
    }

    @Override
    public void ended(Replica replica) {
        replica.reads().forEachInvocation(invocation -> {
            List<RawMessage> journal = replica.journal(invocation.id());
            if (invocation.target().handler().equals(Services.RUN)
                    && !invocation.target().service().equals(Services.FLOW)
                    && invocation.status() instanceof InvocationStatus.Completed(KeptResult kept)
                    && !journal.isEmpty()) {
                Command.Input input = (Command.Input) MessageCodec.decode(journal.getFirst());
                check(invocation.id(), expected(input.value()), result(kept, journal));
            }
            return true;
        });
    }

    private static Result result(KeptResult kept, List<RawMessage> journal) {
        return switch (kept) {
            case KeptResult.Inline(Result result) -> result;
            case KeptResult.InJournal _ -> {
                RawMessage output = journal.stream()
                        .filter(entry -> entry.type() == MessageType.OUTPUT.code())
                        .findFirst()
                        .orElseThrow();
                yield ((Command.Output) MessageCodec.decode(output)).result();
            }
        };
    }

    private static Expected expected(Bytes argument) {
        return Programs.of(Argument.parse(CallOperations.text(argument))).expected();
    }

    private void check(InvocationId id, Expected expected, Result result) {
        boolean fits = switch (result) {
            case Result.Value(Bytes value) -> expected.matchesValue(CallOperations.text(value));
            case Result.Failed(Failure failure) ->
                expected.matchesFailure(failure.message()) || families.isDisturbed(id);
            case Result.Empty _, Result.InvocationIdValue _, Result.StateKeys _ -> false;
        };
        if (!fits) {
            throw new SimulationFailure(id + " ended with " + result + ", expected " + expected);
        }
    }

    /** What a client was told of an invocation, and what was expected. */
    public void told(InvocationId id, Expected expected, Response response) {
        switch (response) {
            case Response.Completed(var _, Bytes value, var _) -> check(id, expected, new Result.Value(value));
            case Response.Failed(var _, Failure failure, var _, var _) ->
                check(id, expected, new Result.Failed(failure));
            case Response.NotFound _ -> {
                // An invocation that was cancelled before it began leaves nothing behind.
                if (!families.isDisturbed(id)) {
                    throw new SimulationFailure("a client was told that there is no " + id);
                }
            }
            case Response.Accepted _, Response.Done _, Response.NotReady _, Response.Refused _ ->
                throw new SimulationFailure("a client was told " + response);
        }
    }
}
