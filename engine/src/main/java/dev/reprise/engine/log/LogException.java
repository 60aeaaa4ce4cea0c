package dev.reprise.engine.log;

/** The log cannot carry out a call: it is closed, failed, damaged, in use or of another format. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogException(String message) {
        super(message);
    }

    public LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
