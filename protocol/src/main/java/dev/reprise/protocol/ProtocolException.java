package dev.reprise.protocol;

/**
 * Bytes or a text that the protocol does not allow. The peer made a mistake: the attempt fails with {@link #code()},
 * the message says what was expected and what was found.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The error code to answer with. */
    private final int code;

    /** A violation of the protocol, {@link ErrorCode#PROTOCOL_VIOLATION}. */
    public ProtocolException(String message) {
        this(ErrorCode.PROTOCOL_VIOLATION, message);
    }

    /** A mistake with a code of its own. */
    public ProtocolException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** An HTTP status code, or one of {@link ErrorCode}. */
    public int code() {
        return code;
    }
}
