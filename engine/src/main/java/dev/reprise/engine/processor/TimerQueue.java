package dev.reprise.engine.processor;

import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.protocol.id.InvocationId;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The timers that fire next. Only a window of them is on the heap; the rest is in the table and is read when the window
 * is empty. Belongs to the partition's thread.
 */
final class TimerQueue {
    private static final int WINDOW_MAX = 10_000;
    private static final Comparator<TimerKey> ORDER = Comparator.comparingLong(TimerKey::wakeUpMillis)
            .thenComparing(TimerKey::kind)
            .thenComparing(TimerKey::invocationId, InvocationId::compareTo)
            .thenComparingInt(TimerKey::completionId);

    private final PartitionTables tables;
    private final TreeSet<TimerKey> window = new TreeSet<>(ORDER);
    /** Whether the table has timers that are not in the window; all of them are later than the last one there. */
    private boolean moreInTable;

    TimerQueue(PartitionTables tables) {
        this.tables = tables;
    }

    /** Fills the window from the table. */
    void load() {
        window.clear();
        moreInTable = false;
        tables.forEachTimer(timer -> {
            if (window.size() == WINDOW_MAX) {
                moreInTable = true;
                return false;
            }
            return window.add(timer);
        });
    }

    void add(TimerKey timer) {
        if (moreInTable && (window.isEmpty() || ORDER.compare(timer, window.last()) > 0)) {
            return;
        }
        window.add(timer);
        if (window.size() > WINDOW_MAX) {
            window.pollLast();
            moreInTable = true;
        }
    }

    void remove(TimerKey timer) {
        window.remove(timer);
    }

    /** Passes on the timers whose time has come, each once. */
    void fire(long nowMillis, Consumer<TimerKey> firing) {
        while (!window.isEmpty() && window.first().wakeUpMillis() <= nowMillis) {
            firing.accept(window.removeFirst());
        }
    }

    /** Whether the window must be loaded before the next timer is known. The fired ones must be applied first. */
    boolean wantsLoad() {
        return window.isEmpty() && moreInTable;
    }

    long nextWakeUpMillis() {
        return window.isEmpty() ? Long.MAX_VALUE : window.first().wakeUpMillis();
    }
}
