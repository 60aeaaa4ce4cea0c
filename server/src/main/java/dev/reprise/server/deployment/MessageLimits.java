package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;

/**
 * How much of the messages of one attempt this process holds.
 *
 * @param messageBytesMax the largest message a handler may send
 * @param messageBytesWarning a larger one is logged
 * @param receivedBytesMax how many bytes of messages that the engine has not taken an attempt may hold before the handler is
 *     held back
 * @param waitingBytesMax how many bytes may wait for a handler that does not read, beyond what an attempt starts with
 */
public record MessageLimits(int messageBytesMax, int messageBytesWarning, int receivedBytesMax, int waitingBytesMax) {
    /** The original's values, where it has one. */
    public static final MessageLimits DEFAULT = new MessageLimits(Frame.BODY_BYTES_MAX, 10 << 20, 1 << 20, 16 << 20);

    public MessageLimits {
        if (Math.min(messageBytesMax, Math.min(receivedBytesMax, waitingBytesMax)) < 1) {
            throw new IllegalArgumentException("limits in bytes must be at least 1, were " + messageBytesMax + ", "
                    + receivedBytesMax + " and " + waitingBytesMax);
        }
    }

    /** The same with another limit for messages from handlers. */
    public MessageLimits withMessageBytesMax(int bytes) {
        return new MessageLimits(bytes, messageBytesWarning, receivedBytesMax, waitingBytesMax);
    }

    /** The same, logging other sizes of messages from handlers. */
    public MessageLimits withMessageBytesWarning(int bytes) {
        return new MessageLimits(messageBytesMax, bytes, receivedBytesMax, waitingBytesMax);
    }
}
