package dev.reprise.engine.partition.reads;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.Retention;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.partition.machine.Key;
import dev.reprise.engine.partition.machine.Rows;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The completed invocations of one retention, the one that ended last first. There is no list of them, which would
 * cost each of them a write; but each has a timer by which it is forgotten, and timers are in the order of their
 * times. So those that are kept equally long are there in the order of their ends:
 *
 * <pre>
 *   timers   ···|·|····|··|···|·|||··|····|
 *                        |  4th  | 3rd |2|1|   windows, read from the end, each as wide as it has to be
 *                                          now + retention
 * </pre>
 *
 * Timers of others lie between; they are passed over. One thread.
 */
final class EndedInvocations implements Iterator<StoredInvocation> {
    /** A clock that was put back has not been put back by more. */
    private static final long CLOCK_MOVES_MILLIS = 60_000;

    private static final long FIRST_WINDOW_MILLIS = 1_000;
    private static final int WINDOW_TIMERS_MAX = 512;

    /** As many as may end in one millisecond, or are kept for ever; of more, some are left out. */
    private static final int MILLISECOND_TIMERS_MAX = 100_000;

    private static final int FACTOR = 4;

    private final PartitionReads reads;
    private final Rows rows;
    private final NavigableSet<Long> retentions;
    private final long retention;
    private final long earliest;
    private final Deque<InvocationId> found = new ArrayDeque<>();
    private @Nullable StoredInvocation next;
    private long before;
    private long from;
    private long window = FIRST_WINDOW_MILLIS;

    /**
     * Reads from the end.
     *
     * @param retentions all retentions that are read, in milliseconds; one that is not among them belongs to the next
     *     lower
     */
    EndedInvocations(PartitionReads reads, Rows rows, NavigableSet<Long> retentions, long retention, long nowMillis) {
        this.reads = reads;
        this.rows = rows;
        this.retentions = retentions;
        this.retention = retention;
        var first = rows.first(Key.table(Key.TIMER), Key.behind(Key.table(Key.TIMER)));
        this.earliest = first == null ? Long.MAX_VALUE : timer(first.getKey()).wakeUpMillis();
        long last = nowMillis + CLOCK_MOVES_MILLIS;
        this.before = retention >= Long.MAX_VALUE - last ? Long.MAX_VALUE : last + retention;
        this.from = before - CLOCK_MOVES_MILLIS - FIRST_WINDOW_MILLIS;
    }

    @Override
    public boolean hasNext() {
        while (next == null && (!found.isEmpty() || before > earliest)) {
            if (found.isEmpty()) {
                readWindow();
            } else {
                next = reads.stored(found.removeLast()).filter(this::isMine).orElse(null);
            }
        }
        return next != null;
    }

    @Override
    public StoredInvocation next() {
        StoredInvocation invocation = hasNext() ? next : null;
        if (invocation == null) {
            throw new NoSuchElementException("all that ended were read");
        }
        next = null;
        return invocation;
    }

    /** Reads the window before what was read, unless it holds too many: then a narrower one is next. */
    private void readWindow() {
        from = Math.max(from, earliest);
        boolean isNarrowest = before - from == 1;
        int max = isNarrowest ? MILLISECOND_TIMERS_MAX : WINDOW_TIMERS_MAX;
        List<TimerKey> timers = timers(max);
        if (timers.size() == max && !isNarrowest) {
            window = Math.max(1, (before - from) / FACTOR);
        } else {
            timers.stream()
                    .filter(timer -> timer.kind() == TimerKey.Kind.CLEAN_INVOCATION)
                    .forEach(timer -> found.add(timer.invocationId()));
            before = from;
            window = timers.size() < max / FACTOR ? Math.min(window, Long.MAX_VALUE / FACTOR) * FACTOR : window;
        }
        from = before - Math.min(window, before);
    }

    private List<TimerKey> timers(int max) {
        List<TimerKey> timers = new ArrayList<>();
        Bytes end = before == Long.MAX_VALUE ? Key.behind(Key.table(Key.TIMER)) : Key.timersFrom(before);
        rows.scan(Key.timersFrom(from), end, (key, _) -> timers.add(timer(key)) && timers.size() < max);
        return timers;
    }

    private static TimerKey timer(Bytes key) {
        return Encodings.timer(new BinaryReader(key, Key.TABLE_BYTES));
    }

    private boolean isMine(StoredInvocation invocation) {
        if (invocation.status() != InvocationStatus.Kind.COMPLETED) {
            return false;
        }
        long kept = Retention.of(invocation.whole().request()).invocationMillis();
        return retention == Optional.ofNullable(retentions.floor(kept)).orElseGet(retentions::first);
    }
}
