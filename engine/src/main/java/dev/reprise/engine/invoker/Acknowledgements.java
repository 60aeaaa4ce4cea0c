package dev.reprise.engine.invoker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which of its messages a handler wants acknowledged once they are stored. Any thread. */
final class Acknowledgements {
    private record CommandAck(long record, int commandIndex) {}

    private final TreeSet<Integer> runs = new TreeSet<>();
    private final Deque<CommandAck> commands = new ArrayDeque<>();

    /** Notes that a run's result is to be acknowledged, in place of the notification. */
    synchronized void run(int completionId) {
        runs.add(completionId);
    }

    /**
     * Notes that a command is to be acknowledged; {@code record} is the number of its record, see
     * {@link RecordsUnderway}.
     */
    synchronized void command(long record, int commandIndex) {
        commands.add(new CommandAck(record, commandIndex));
    }

    /** Whether a run's result is to be acknowledged; true once. */
    synchronized boolean takeRun(int completionId) {
        return runs.remove(completionId);
    }

    /**
     * The index of the next command to acknowledge, now that the records up to this number are stored; null for none.
     */
    synchronized @Nullable Integer takeCommand(long record) {
        CommandAck next = commands.peek();
        return next == null || next.record() > record ? null : commands.remove().commandIndex();
    }
}
