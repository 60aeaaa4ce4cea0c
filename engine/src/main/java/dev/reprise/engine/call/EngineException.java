package dev.reprise.engine.call;

/** The engine cannot do what it was asked. */
public final class EngineException extends RuntimeException {
    /** The status when the engine, or the partition that is needed, does not run. */
    public static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;

    private final int code;

    /** An error with an HTTP status. */
    public EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** With what it comes of. */
    public EngineException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
