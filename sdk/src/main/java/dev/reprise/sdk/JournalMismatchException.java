package dev.reprise.sdk;

import dev.reprise.protocol.ErrorCode;

/**
 * The handler took another path than its journal recorded: its code is not deterministic, or was changed under a
 * running invocation. The attempt fails with code 570 ({@code JOURNAL_MISMATCH}); not for a handler to catch.
 *
 * <p>The message names the command's index, the recorded command, the attempted one, the fields that differ, and the
 * likely cause where there is one.
 */
public final class JournalMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int commandIndex;
    private final String recorded;
    private final String attempted;

    /**
     * A mismatch at one command.
     *
     * @param commandIndex the command's place among the journal's commands; the input is 0
     * @param recorded the journal's command, for people to read
     * @param attempted what the handler did instead, for people to read
     * @param message all of it, with the fields that differ, for people to read
     */
    public JournalMismatchException(int commandIndex, String recorded, String attempted, String message) {
        super(message);
        this.commandIndex = commandIndex;
        this.recorded = recorded;
        this.attempted = attempted;
    }

    /** The place among the journal's commands, the input being 0. */
    public int commandIndex() {
        return commandIndex;
    }

    /** The journal's command, for people to read. */
    public String recorded() {
        return recorded;
    }

    /** What the handler did instead, for people to read. */
    public String attempted() {
        return attempted;
    }

    /** The code the attempt fails with. */
    public int code() {
        return ErrorCode.JOURNAL_MISMATCH;
    }
}
