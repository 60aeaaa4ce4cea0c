package dev.reprise.sdk.promise;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The notifications of ids that recur and that no promise has taken, for each id in the order of the journal. */
final class SignalQueues {
    /** One of them, and the instant at which it came. */
    record Arrived(long instant, Result result) {}

    private final Map<NotificationId, Queue<Arrived>> queues = new HashMap<>();

    void add(NotificationId id, long instant, Result result) {
        queues.computeIfAbsent(id, ignored -> new ArrayDeque<>()).add(new Arrived(instant, result));
    }

    /** The first of an id; null if there is none. */
    @Nullable
    Arrived peek(NotificationId id) {
        Queue<Arrived> queue = queues.get(id);
        return queue == null ? null : queue.peek();
    }

    /** Takes out the first of an id. */
    void remove(NotificationId id) {
        queues.computeIfPresent(id, (ignored, queue) -> {
            queue.remove();
            return queue.isEmpty() ? null : queue;
        });
    }
}
