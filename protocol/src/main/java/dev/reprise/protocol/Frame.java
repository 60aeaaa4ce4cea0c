package dev.reprise.protocol;

/**
 * One message on an invocation's stream. Its wire form is a header of 8 bytes, big-endian, and the message's body: 16
 * bits of type, 16 bits of flags, 32 bits of body length.
 *
 * @param message the type and the body
 * @param ackRequested the flag {@code 0x8000}: on a command, the sender wants a {@link ControlMessage.CommandAck}; on a
 *     {@link ControlMessage.ProposeRunCompletion}, a {@link ControlMessage.ProposeRunCompletionAck} in place of the
 *     notification. The other flags are not in use; they are written as 0 and not read.
 */
public record Frame(RawMessage message, boolean ackRequested) {
    /** The size of the header. */
    public static final int HEADER_BYTES = 8;

    /** The largest body a decoder accepts unless told otherwise: 32 MiB. */
    public static final int BODY_BYTES_MAX = 32 << 20;

    /** The flag of {@link #ackRequested}. */
    static final int ACK_REQUESTED = 0x8000;

    /** A frame without flags. */
    public Frame(RawMessage message) {
        this(message, false);
    }

    /** How many bytes its wire form takes. */
    public int sizeBytes() {
        return Math.addExact(HEADER_BYTES, message.body().size());
    }
}
