package dev.reprise.engine.deployment;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** The engine's end of an attempt's stream. Never blocks. */
public interface AttemptStream {
    /**
     * Sends messages in order; drops them when the stream has ended. A deployment that cannot receive while it answers
     * gets the start and the replay and nothing more.
     */
    void send(List<RawMessage> messages);

    /**
     * Sends a part of the start and the replay. It all goes out in one part, unless there is too little memory for
     * that.
     *
     * @param whole whether nothing of them is missing now
     */
    default void replay(List<RawMessage> messages, boolean whole) {
        send(messages);
    }

    /** How many bytes that were sent are still in this process's memory; 0 where that is unknown. */
    default long unsentBytes() {
        return 0;
    }

    /** There may be room again for what the listener refused, see {@link AttemptListener#holds}. */
    default void roomToReceive() {}

    /**
     * The engine has taken in so many more of the messages that the listener got. A transport that holds back a
     * flooding handler lets it continue accordingly.
     */
    default void taken(int messages) {}

    /**
     * The result of a run that the handler proposed is durable. A message says so too, but only a handler that still
     * listens gets it: not after {@link #closeInput}, and not when the answer is one to a request.
     */
    default void recorded(int completionId) {}

    /** No more messages will come: the handler suspends when it can make no more progress. */
    void closeInput();

    /** Ends the stream at once; the handler is unwound. The listener gets nothing more. */
    void abort();
}
