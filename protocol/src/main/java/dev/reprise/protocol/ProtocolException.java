package dev.reprise.protocol;

/** Bytes or a text that the protocol does not allow. The peer made a mistake; {@link ErrorCode#PROTOCOL_VIOLATION}. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
