package dev.reprise.simulator.check;

import dev.reprise.engine.PartitionDriver.Standing;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.List;

/**
 * Something that must hold at every moment. It is told what happens, and throws a {@link SimulationFailure} when it
 * does not hold.
 */
public interface Check {
    /** A record is durable, and was applied to the replica of its partition. */
    default void applied(Replica.Applied applied) {}

    /** From time to time, and at the end. */
    default void look(Replica replica) {}

    /** A node opens a stream. */
    default void streamOpened(WatchedStream stream, Replica replica) {}

    /** A node sends messages to a handler. */
    default void messagesToHandler(WatchedStream stream, Replica replica, List<RawMessage> messages) {}

    /** What a handler sent arrives at a node. */
    default void messagesFromHandler(WatchedStream stream, List<RawMessage> messages) {}

    /** A node asks a handler to suspend when it can make no more progress. */
    default void inputClosed(WatchedStream stream, Replica replica) {}

    /** A node cuts a stream before the handler's last message. */
    default void streamCut(WatchedStream stream, Replica replica) {}

    /** The closure of a run ends, in an attempt whose node must have known the log up to this LSN. */
    default void runExecuted(InvocationId id, String run, long knownLsn) {}

    /** A client gets an answer about an invocation. */
    default void responded(Replica replica, InvocationId id, Response response) {}

    /** A client was told that its new invocation is refused. */
    default void refused(InvocationId id) {}

    /** A node has polled a partition. */
    default void polled(WatchedNode node, Replica replica, Standing standing) {}

    /** Everything is done, and nothing has gone wrong for a while. */
    default void ended(Replica replica) {}
}
