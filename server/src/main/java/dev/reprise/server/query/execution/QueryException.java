package dev.reprise.server.query.execution;

/** A query cannot be answered. The message is for the client. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reasons; each is an HTTP status. */
    public enum Reason {
        /** The text is not SQL, or not a query, or it names what is not there. */
        SYNTAX(400),
        /** The query cannot be computed. */
        FAILED(500),
        /** It used more than the {@link QueryLimits} allow. */
        LIMIT(500),
        /** Too many queries are running already. */
        BUSY(429),
        /** The engine is being closed. */
        CLOSED(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Reason reason;

    public QueryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public QueryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
