package dev.reprise.sdk.vm;

import dev.reprise.protocol.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The position among the journal's commands: the recorded ones that were not repeated yet, and the number of commands
 * issued in this attempt, repeated and new ones alike.
 */
final class ReplayCursor {
    private final PayloadChecks checks;
    private final Deque<Command> recorded = new ArrayDeque<>();
    private int lastIndex = -1;
    private @Nullable Command last;
    private @Nullable ReplayMismatchException mismatch;

    ReplayCursor(PayloadChecks checks) {
        this.checks = checks;
    }

    /** Adds the next command of the journal, while it arrives. */
    void record(Command command) {
        recorded.add(command);
    }

    boolean isReplaying() {
        return !recorded.isEmpty();
    }

    /** The recorded command that the handler must issue next. */
    Optional<Command> next() {
        return Optional.ofNullable(recorded.peek());
    }

    /** The index of the latest command, the input being 0; even if it did not match. */
    int lastIndex() {
        return lastIndex;
    }

    /** The latest command, even if it did not match; empty before the input. */
    Optional<Command> last() {
        return Optional.ofNullable(last);
    }

    /** Steps over a command that is not in the journal yet. */
    void append(Command attempted) {
        lastIndex++;
        last = attempted;
    }

    /** Steps over the recorded command, which the attempted one must equal. */
    void match(Command attempted) {
        append(attempted);
        Command expected = recorded.remove();
        if (!CommandFields.match(expected, attempted, checks)) {
            throw remember(mismatch(expected, attempted));
        }
    }

    /** Reports a handler that does something other than a command although the journal has more of them. */
    ReplayMismatchException insteadOfCommand(String attempted, List<String> remarks) {
        return remember(
                new ReplayMismatchException(lastIndex + 1, CommandText.of(recorded.element()), attempted, remarks));
    }

    /** Repeats the mismatch, if there was one: nothing that follows it is meaningful. */
    void requireNoMismatch() {
        if (mismatch != null) {
            throw mismatch;
        }
    }

    private ReplayMismatchException remember(ReplayMismatchException found) {
        mismatch = found;
        return found;
    }

    private ReplayMismatchException mismatch(Command expected, Command attempted) {
        List<String> differences = expected.getClass() == attempted.getClass()
                ? CommandFields.differences(expected, attempted, checks)
                : List.of();
        return new ReplayMismatchException(lastIndex, CommandText.of(expected), CommandText.of(attempted), differences);
    }
}
