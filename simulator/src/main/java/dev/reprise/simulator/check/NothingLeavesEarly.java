package dev.reprise.simulator.check;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.List;
import java.util.Optional;

/** Whatever a handler or a client is told is durable by then, and nothing that a client was told is lost. */
public final class NothingLeavesEarly implements Check {
    @Override
    public void messagesToHandler(WatchedStream stream, Replica replica, List<RawMessage> messages) {
        Optional<Invocation> invocation = replica.invocation(stream.invocationId());
        if (invocation.isEmpty() || invocation.get().status() instanceof InvocationStatus.Completed) {
            // Its journal may be gone; a node that does not know that yet sends what it has.
            return;
        }
        List<RawMessage> journal = replica.journal(stream.invocationId());
        for (RawMessage message : messages) {
            if (message.type() != MessageType.START.code() && !isDurable(message, journal)) {
                throw new SimulationFailure(
                        stream.invocationId() + " is told " + MessageCodec.decode(message) + ", which is not durable");
            }
        }
    }

    private static boolean isDurable(RawMessage message, List<RawMessage> journal) {
        if (message.type() == MessageType.PROPOSE_RUN_COMPLETION_ACK.code()) {
            ControlMessage.ProposeRunCompletionAck ack =
                    (ControlMessage.ProposeRunCompletionAck) MessageCodec.decode(message);
            NotificationId id = new NotificationId.CompletionId(ack.completionId());
            return journal.stream()
                    .filter(entry -> entry.type() == MessageType.RUN_COMPLETION.code())
                    .anyMatch(entry -> MessageCodec.decode(entry) instanceof Notification result
                            && result.id().equals(id));
        }
        return journal.contains(message);
    }

    @Override
    public void responded(Replica replica, InvocationId id, Response response) {
        Optional<Invocation> invocation = replica.invocation(id);
        boolean ok = switch (response) {
            case Response.Accepted _ -> invocation.isPresent() || replica.wasCreated(id);
            case Response.Completed _, Response.Failed _ ->
                replica.wasCreated(id)
                        && invocation
                                .map(known -> known.status() instanceof InvocationStatus.Completed)
                                .orElse(true);
            case Response.NotReady _, Response.NotFound _, Response.Done _, Response.Refused _ -> true;
        };
        if (!ok) {
            throw new SimulationFailure("a client was told " + response + ", but it is not so: " + invocation);
        }
    }
}
