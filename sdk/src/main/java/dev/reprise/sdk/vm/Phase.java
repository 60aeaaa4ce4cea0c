package dev.reprise.sdk.vm;

/** How far an attempt has come; it only moves forward. */
enum Phase {
    /** Nothing has arrived. */
    WAITING_START,
    /** The start has arrived, not all of the entries it announced. */
    WAITING_ENTRIES,
    /** The handler may run; its next command is one of the journal's. */
    REPLAYING,
    /** The handler may run; its next command is a new one. */
    PROCESSING,
    /** An end, a suspension or an error was written. */
    CLOSED;

    /** Whether the handler may issue commands. */
    boolean isRunning() {
        return this == REPLAYING || this == PROCESSING;
    }
}
