package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.engine.partition.PartitionRecord.SaidAfterWaiting;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.NotificationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of a journal to append to it: its length, and which notifications it contains. While it is on the
 * heap, an append reads nothing from the store. Only {@link JournalTable} changes it, and also writes the rows.
 */
public final class JournalHead {
    private static final int FORMAT = 3;
    private static final int BYTES = 2 + 3 * Integer.BYTES + Long.BYTES + 2;

    private final Map<NotificationId, Arrivals> notified = new LinkedHashMap<>();
    private int length;
    private int commands;
    private long lastAppendMillis;
    private boolean slept;
    private boolean events;
    private int waits;
    private int lastWait;

    /** The number of entries. */
    public int length() {
        return length;
    }

    /** The number of entries that are no notifications. */
    public int commands() {
        return commands;
    }

    /** When the last entry was appended; 0 for an empty journal. */
    public long lastAppendMillis() {
        return lastAppendMillis;
    }

    /** Whether it holds a sleep, ended or not. */
    boolean slept() {
        return slept;
    }

    /** Whether the invocation has events. */
    boolean hasEvents() {
        return events;
    }

    /**
     * Counts what the handler waits for; answers whether it is to be kept. It is not when there are too many, or when
     * it is the one before: after a suspension the handler comes to the same place and waits again.
     */
    boolean addWait(Bytes awaited) {
        int next = 31 * commands + awaited.hashCode();
        if (waits == SaidAfterWaiting.WAITS_MAX || (waits > 0 && next == lastWait)) {
            return false;
        }
        waits++;
        lastWait = next;
        return true;
    }

    /**
     * Whether a notification has come, and how it ended. For an id that {@linkplain NotificationId#recurs recurs},
     * those among the first {@code knownEntries} do not count: a handler that knew them and waits for the id has
     * consumed them.
     */
    Progress progress(NotificationId id, int knownEntries) {
        Arrivals arrivals = notified.get(id);
        return arrivals == null ? Progress.PENDING : arrivals.progress(id.recurs() ? knownEntries : 0);
    }

    /** Whether the journal admits a notification with this id, or another one with it. */
    boolean admits(NotificationId id) {
        return id.recurs() || !notified.containsKey(id);
    }

    /** The ids of the notifications, each once. */
    Set<NotificationId> notified() {
        return notified.keySet();
    }

    void addCommand(long timeMillis) {
        commands++;
        grow(timeMillis);
    }

    /** Adds a notification to the end; answers what is now known of those with its id. */
    Arrivals addNotification(NotificationId id, Progress progress, long timeMillis) {
        Arrivals before = notified.get(id);
        Arrivals arrivals = Arrivals.with(before, length, progress);
        notified.put(id, arrivals);
        grow(timeMillis);
        return arrivals;
    }

    void addSleep() {
        slept = true;
    }

    void addEvent() {
        events = true;
    }

    /** Notes notifications that are counted already. */
    void restore(NotificationId id, Arrivals arrivals) {
        notified.put(id, arrivals);
    }

    private void grow(long timeMillis) {
        length++;
        lastAppendMillis = timeMillis;
    }

    /** Everything but the notifications, which have rows of their own. */
    Bytes encode() {
        return new BinaryWriter(BYTES)
                .u8(FORMAT)
                .i32(length)
                .i32(commands)
                .i64(lastAppendMillis)
                .bool(slept)
                .bool(events)
                .u8(waits)
                .i32(lastWait)
                .toBytes();
    }

    static JournalHead decode(Bytes value) {
        BinaryReader r = new BinaryReader(value).format(FORMAT, "journal head");
        JournalHead head = new JournalHead();
        head.length = r.i32();
        head.commands = r.i32();
        head.lastAppendMillis = r.i64();
        head.slept = r.bool();
        head.events = r.bool();
        head.waits = r.u8();
        head.lastWait = r.i32();
        return head;
    }
}
