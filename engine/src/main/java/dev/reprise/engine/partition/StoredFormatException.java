package dev.reprise.engine.partition;

/** Stored bytes are not of a form this version knows: damaged, or written by a newer version. */
public final class StoredFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoredFormatException(String message) {
        super(message);
    }

    public StoredFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
