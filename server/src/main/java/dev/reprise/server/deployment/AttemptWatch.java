package dev.reprise.server.deployment;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/**
 * Observes what passes between the engine and a handler in one attempt; every method must return at once. Calls about
 * the handler's messages and the stream's fate come from one thread at a time, all others from the partition's thread.
 */
public interface AttemptWatch {
    /** The handler sent this message. */
    default void received(RawMessage message) {}

    /** The engine sent these messages; the first ones are the start and the whole replay. */
    default void sent(List<RawMessage> messages) {}

    /** The result of a run is durable. */
    default void recorded(int completionId) {}

    /** The handler's side ended in order. */
    default void closed() {}

    /** The stream broke or could not be opened. */
    default void failed(String reason) {}

    /** The engine is done with the attempt, whether or not its stream is still open. */
    default void ended() {}
}
