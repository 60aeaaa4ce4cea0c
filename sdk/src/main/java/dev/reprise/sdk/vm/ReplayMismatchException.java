package dev.reprise.sdk.vm;

import dev.reprise.protocol.ErrorCode;
import java.util.List;

/**
 * The handler did something other than the journal's next command. Everything that it does afterwards throws the same
 * exception again.
 */
public final class ReplayMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int commandIndex;
    private final String recorded;
    private final String attempted;

    /** {@code remarks} has one line for each field that differs, or for whatever else there is to say. */
    ReplayMismatchException(int commandIndex, String recorded, String attempted, List<String> remarks) {
        super(message(commandIndex, recorded, attempted, remarks));
        this.commandIndex = commandIndex;
        this.recorded = recorded;
        this.attempted = attempted;
    }

    private static String message(int commandIndex, String recorded, String attempted, List<String> remarks) {
        StringBuilder text = new StringBuilder();
        text.append("Journal mismatch: the handler took another path than its journal recorded. Its code is not")
                .append(" deterministic, or it was changed without registering a new revision of the service.")
                .append("\n  command: ")
                .append(commandIndex)
                .append("\n  recorded: ")
                .append(recorded)
                .append("\n  attempted: ")
                .append(attempted);
        for (String remark : remarks) {
            text.append("\n  ").append(remark);
        }
        return text.toString();
    }

    /** The position among the journal's commands, the input being 0. */
    public int commandIndex() {
        return commandIndex;
    }

    /** A readable form of the journal's command. */
    public String recorded() {
        return recorded;
    }

    /** A readable form of what the handler did instead. */
    public String attempted() {
        return attempted;
    }

    /** The code that the attempt fails with. */
    public int code() {
        return ErrorCode.JOURNAL_MISMATCH;
    }
}
