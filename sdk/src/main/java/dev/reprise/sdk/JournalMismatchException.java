package dev.reprise.sdk;

/**
 * The handler took another path than its journal recorded, so its code is not deterministic or was changed under a
 * running invocation. The attempt fails with code 570 ({@code JOURNAL_MISMATCH}); it is not for a handler to catch.
 *
 * <p>The message names the command's index, the recorded command and the attempted one, and the fields that differ.
 */
public final class JournalMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int commandIndex;

    /**
     * A mismatch at one command.
     *
     * @param commandIndex the command's place among the journal's commands; the input is 0
     * @param message what was recorded and what was attempted
     */
    public JournalMismatchException(int commandIndex, String message) {
        super(message);
        this.commandIndex = commandIndex;
    }

    /** The place among the journal's commands, the input being 0. */
    public int commandIndex() {
        return commandIndex;
    }

    /** The code the attempt fails with. */
    public int code() {
        return 570;
    }
}
