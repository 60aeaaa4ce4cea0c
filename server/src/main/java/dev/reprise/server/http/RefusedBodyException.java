package dev.reprise.server.http;

/** A request's body is refused; the message says what the client can do. */
public final class RefusedBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedBodyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reasons for a refusal. */
    public enum Reason {
        /** It is larger than allowed. */
        TOO_LARGE(413),
        /** It is larger than all the memory for bodies. */
        LARGER_THAN_MEMORY(413),
        /** It is not well-formed HTTP, or not as long as its length says. */
        MALFORMED(400),
        /** It came too slowly. */
        TOO_SLOW(408),
        /** Other bodies have taken the memory; the request may be sent again. */
        NO_MEMORY(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The status of the answer. */
        public int status() {
            return status;
        }
    }

    /** The reason for the refusal. */
    public Reason reason() {
        return reason;
    }

    /** The message; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
