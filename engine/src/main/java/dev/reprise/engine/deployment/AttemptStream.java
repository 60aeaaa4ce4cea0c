package dev.reprise.engine.deployment;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** The engine's end of an attempt's stream. Never blocks. */
public interface AttemptStream {
    /**
     * Sends messages in order; dropped when the stream has ended. A deployment that cannot be sent to while it answers gets
     * the start and the replay and nothing more.
     */
    void send(List<RawMessage> messages);

    /**
     * Sends a part of the start and the replay: the first, or what follows it. All in one part, unless there is too little
     * memory for that.
     *
     * @param whole whether nothing of them is missing now
     */
    default void replay(List<RawMessage> messages, boolean whole) {
        send(messages);
    }

    /** How many bytes of what was sent are still in this process's memory; 0 where that is not known. */
    default long unsentBytes() {
        return 0;
    }

    /** There may be room again for what the listener had none for, see {@link AttemptListener#holds}. */
    default void roomToReceive() {}

    /**
     * So many more of the messages that the listener was given have been taken in for good. A transport that holds back
     * a flooding handler lets it go on by this.
     */
    default void taken(int messages) {}

    /**
     * The result of a run that the handler proposed is durable. A message says so too, but only to a handler that can
     * still hear it: not after {@link #closeInput}, and not when the answer is one to a request.
     */
    default void recorded(int completionId) {}

    /** No more messages will come: the handler suspends when it can go no further. */
    void closeInput();

    /** Ends the stream at once; the handler is unwound. Nothing more is told to the listener. */
    void abort();
}
