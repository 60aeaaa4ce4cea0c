package dev.reprise.engine.store;

/** The store cannot do what it was asked: its folder is in use, unreadable, damaged or of another format. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
