package dev.reprise.engine.call;

/** The engine cannot carry out a request. */
public final class EngineException extends RuntimeException {
    /** The status when the engine, or the partition in question, is not running. */
    public static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;

    private final int code;

    /** An error with an HTTP status. */
    public EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** An error with an HTTP status and a cause. */
    public EngineException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
