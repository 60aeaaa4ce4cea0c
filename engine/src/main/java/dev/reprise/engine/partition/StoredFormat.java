package dev.reprise.engine.partition;

/** How records and rows are written. */
public final class StoredFormat {
    /** Raised with any change of a record's or a row's form: one number, so that a folder can be refused as a whole. */
    public static final int VERSION = 7;

    private StoredFormat() {}
}
