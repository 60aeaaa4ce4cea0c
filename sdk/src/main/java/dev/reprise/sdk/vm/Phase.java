package dev.reprise.sdk.vm;

/** The progress of an attempt; it only moves forward. */
enum Phase {
    /** Nothing has arrived. */
    WAITING_START,
    /** The start has arrived, but not all of the entries that it announced. */
    WAITING_ENTRIES,
    /** The handler may run; its next command is one of the journal's. */
    REPLAYING,
    /** The handler may run; its next command is a new one. */
    PROCESSING,
    /** An end, a suspension or an error has been written. */
    CLOSED;

    /** Whether the handler may issue commands. */
    boolean isRunning() {
        return this == REPLAYING || this == PROCESSING;
    }
}
