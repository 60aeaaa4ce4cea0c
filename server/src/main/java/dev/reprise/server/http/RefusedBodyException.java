package dev.reprise.server.http;

/** A request's body that is not taken; the message says what the client can do. */
public final class RefusedBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedBodyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public enum Reason {
        /** It is larger than allowed. */
        TOO_LARGE(413),
        /** It is larger than all the memory there is for bodies. */
        LARGER_THAN_MEMORY(413),
        /** It is not formed as HTTP has it, or not as long as its length says. */
        MALFORMED(400),
        /** It came too slowly. */
        TOO_SLOW(408),
        /** The memory for bodies was taken by others; it may be sent again. */
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

    /** Why it is not taken. */
    public Reason reason() {
        return reason;
    }

    /** What is said about it; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
