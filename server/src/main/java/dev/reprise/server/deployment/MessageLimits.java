package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;

/**
 * How much of one attempt's messages this process holds.
 *
 * @param messageBytesMax the largest message a handler may send
 * @param messageBytesWarning larger messages are logged
 * @param receivedBytesMax how many bytes of messages that the engine has not taken an attempt may hold before its
 *     handler is held back
 * @param waitingBytesMax how many bytes may wait for a handler that does not read, besides those that an attempt starts
 *     with
 */
public record MessageLimits(int messageBytesMax, int messageBytesWarning, int receivedBytesMax, int waitingBytesMax) {
    /** The original's values, where it has them. */
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

    /** The same, with another size from which messages are logged. */
    public MessageLimits withMessageBytesWarning(int bytes) {
        return new MessageLimits(messageBytesMax, bytes, receivedBytesMax, waitingBytesMax);
    }
}
