package dev.reprise.engine.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import java.util.List;

/** Gets what a deployment sends in an attempt; its methods must return at once. */
public interface AttemptListener {
    /** Messages, in the order in which the handler sent them, and whether each is to be acknowledged. */
    void onFrames(List<Frame> frames);

    /** As {@link #onFrames}, for messages that need no acknowledgement. */
    default void onMessages(List<RawMessage> messages) {
        onFrames(messages.stream().map(Frame::new).toList());
    }

    /**
     * Asks for memory: the stream now holds so many bytes of messages that the engine has not taken, including all of
     * the message that is arriving.
     *
     * @param messageBytes the size of the arriving message; 0 for none
     * @return whether there is memory for them. If not, the stream must receive no more until
     *     {@link AttemptStream#roomToReceive}.
     */
    default boolean holds(long bytes, long messageBytes) {
        return true;
    }

    /** Everything that was sent has left this process, after it had been a considerable amount. */
    default void onSent() {}

    /** The handler's side has ended properly; nothing follows. */
    void onClosed();

    /** The stream broke or could not be opened; nothing follows. */
    void onFailed(String reason);

    /** The stream broke or could not be opened, and the transport knows more than a reason; nothing follows. */
    default void onFailed(StreamFailure failure) {
        onFailed(failure.message());
    }
}
