package dev.reprise.engine.store;

/** The store cannot do what it was asked: its folder is in use, unreadable, damaged or of another format, or it is full. */
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

    /** With what it comes of; {@code forWantOfRoom} if the same can be done once there is room on the disk. */
    public StoreException(String message, Throwable cause, boolean forWantOfRoom) {
        super(message, cause);
        this.forWantOfRoom = forWantOfRoom;
    }

    /** Whether the same can be done once there is room on the disk; nothing was changed so far. */
    public boolean isForWantOfRoom() {
        return forWantOfRoom;
    }
}
