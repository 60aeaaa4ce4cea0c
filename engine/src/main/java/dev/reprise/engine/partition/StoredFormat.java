package dev.reprise.engine.partition;

/** How records and rows are written. */
public final class StoredFormat {
    /**
     * Raised with every change to the form of a record or a row: one number, so that a folder can be refused as a
     * whole.
     */
    public static final int VERSION = 8;

    private StoredFormat() {}
}
