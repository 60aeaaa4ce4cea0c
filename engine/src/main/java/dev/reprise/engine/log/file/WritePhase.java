package dev.reprise.engine.log.file;

/**
 * Whose turn it is to write what has gathered for the log. At most one thread writes, and at most one has been asked
 * to.
 *
 * <pre>
 *   QUIET ──┬─ urgent record, a reader is idle ──► READER_ASKED ──┐
 *           ├─ urgent record, no reader is idle ─► WRITER_ASKED ──┤ takes a batch
 *           └─ linger is over, or the log closes ─────────────────┤
 *                                                                 ▼
 *   QUIET ◄─ durable ─ WRITING ─ urgent record ─► WRITING_URGENT ─ durable ─► WRITER_ASKED
 *                         │                          │
 *                         └─────── disk is full ─────┴──► NO_ROOM ─ after 200 ms ─► WRITING, WRITING_URGENT
 * </pre>
 *
 * Whoever takes a batch while more urgent records wait behind it goes to WRITING_URGENT at once. The writer thread also
 * takes what a reader was asked for and has not taken after 2 ms; a reader that comes by takes what the writer was
 * asked for. Any phase may go to FAILED, and none leaves it.
 */
enum WritePhase {
    /** Nothing urgent has gathered, and nobody writes. */
    QUIET,
    /** Something urgent has gathered; an idle reader was woken to write it. */
    READER_ASKED,
    /** Something urgent has gathered; the writer thread was woken to write it. */
    WRITER_ASKED,
    /** A batch is being written; nothing that has gathered since is urgent. */
    WRITING,
    /** A batch is being written; something that has gathered since is urgent. */
    WRITING_URGENT,
    /** The disk had no room for a batch. The writer thread tries it again, and nobody writes before. */
    NO_ROOM,
    /** A write has failed. Nobody writes any more. */
    FAILED;

    boolean isWriting() {
        return this == WRITING || this == WRITING_URGENT;
    }

    /** Whether something that waits to be written is urgent. */
    boolean isUrgent() {
        return switch (this) {
            case READER_ASKED, WRITER_ASKED, WRITING_URGENT, NO_ROOM -> true;
            case QUIET, WRITING, FAILED -> false;
        };
    }

    /** The next phase, if it may follow this one. */
    WritePhase to(WritePhase next) {
        boolean legal = switch (this) {
            case QUIET -> next == READER_ASKED || next == WRITER_ASKED || next == WRITING;
            case READER_ASKED, WRITER_ASKED, NO_ROOM -> next.isWriting();
            case WRITING -> next == WRITING_URGENT || next == QUIET || next == NO_ROOM;
            case WRITING_URGENT -> next == WRITER_ASKED || next == NO_ROOM;
            case FAILED -> false;
        };
        if (!legal && next != FAILED) {
            throw new IllegalStateException("the log's writing cannot go from " + this + " to " + next);
        }
        return next;
    }
}
