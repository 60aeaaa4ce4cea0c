package dev.reprise.engine.partition.machine;

import dev.reprise.protocol.id.InvocationId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recently used journal heads, bounded in number and in the notifications they contain; the least recently used
 * goes first. Unlike a value in {@link RecentlyUsed}, a head grows while it is here. The one used last stays however
 * large it is, because reading it again for each entry would cost a scan of all its notifications.
 */
final class JournalHeads {
    private static final int HEADS_MAX = 20_000;
    private static final int NOTIFICATIONS_MAX = 500_000;

    private final LinkedHashMap<InvocationId, JournalHead> heads = new LinkedHashMap<>(16, 0.75f, true);
    private final int headsMax;
    private final int notificationsMax;
    private int notifications;

    JournalHeads() {
        this(HEADS_MAX, NOTIFICATIONS_MAX);
    }

    JournalHeads(int headsMax, int notificationsMax) {
        this.headsMax = headsMax;
        this.notificationsMax = notificationsMax;
    }

    @Nullable
    JournalHead get(InvocationId id) {
        return heads.get(id);
    }

    void put(InvocationId id, JournalHead head) {
        remove(id);
        heads.put(id, head);
        grown(head.notified().size());
    }

    /** The head used last has more notifications now. */
    void grown(int count) {
        notifications += count;
        Iterator<Map.Entry<InvocationId, JournalHead>> eldest = heads.entrySet().iterator();
        while (heads.size() > headsMax || (notifications > notificationsMax && heads.size() > 1)) {
            notifications -= eldest.next().getValue().notified().size();
            eldest.remove();
        }
    }

    void remove(InvocationId id) {
        JournalHead head = heads.remove(id);
        if (head != null) {
            notifications -= head.notified().size();
        }
    }

    int size() {
        return heads.size();
    }
}
