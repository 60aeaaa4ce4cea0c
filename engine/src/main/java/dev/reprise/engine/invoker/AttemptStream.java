package dev.reprise.engine.invoker;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** The engine's end of an attempt's stream. Never blocks. */
public interface AttemptStream {
    /**
     * Sends messages in order; dropped when the stream has ended. The first call holds the start and the whole replay:
     * a deployment that cannot be sent to while it answers gets that and nothing more.
     */
    void send(List<RawMessage> messages);

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
