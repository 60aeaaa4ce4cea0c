package dev.reprise.engine;

/** The engine cannot do what it was asked. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** An error with an HTTP status. */
    public EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
