package dev.reprise.engine.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import java.util.List;

/** Told what a deployment sends in an attempt; must return at once. */
public interface AttemptListener {
    /** Messages, in the order the handler sent them, and which of them shall be acknowledged. */
    void onFrames(List<Frame> frames);

    /** As {@link #onFrames}, for messages none of which need be acknowledged. */
    default void onMessages(List<RawMessage> messages) {
        onFrames(messages.stream().map(Frame::new).toList());
    }

    /**
     * From now on the stream holds so many bytes of messages that the engine has not taken, all of the one that is coming
     * among them.
     *
     * @param messageBytes how many bytes the message has that is coming; 0 for none
     * @return whether there is memory for them. If not, the stream shall receive no more until {@link
     *     AttemptStream#roomToReceive}.
     */
    default boolean holds(long bytes, long messageBytes) {
        return true;
    }

    /** All that was sent has left this process, after it had been a notable amount. */
    default void onSent() {}

    /** The handler's side ended in order; nothing follows. */
    void onClosed();

    /** The stream broke or could not be opened; nothing follows. */
    void onFailed(String reason);

    /** The stream broke or could not be opened, and the transport knows more than the reason; nothing follows. */
    default void onFailed(StreamFailure failure) {
        onFailed(failure.message());
    }
}
