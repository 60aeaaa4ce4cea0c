package dev.reprise.engine.store;

/** The store cannot carry out a call: its folder is in use, unreadable, damaged or of another format, or it is full. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forWantOfRoom;

    public StoreException(String message) {
        super(message);
        this.forWantOfRoom = false;
    }

    public StoreException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** An exception with a cause; {@code forWantOfRoom} if the same call can succeed once there is room on the disk. */
    public StoreException(String message, Throwable cause, boolean forWantOfRoom) {
        super(message, cause);
        this.forWantOfRoom = forWantOfRoom;
    }

    /** Whether the same call can succeed once there is room on the disk; nothing was changed so far. */
    public boolean isForWantOfRoom() {
        return forWantOfRoom;
    }
}
