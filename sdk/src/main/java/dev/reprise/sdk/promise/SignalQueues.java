package dev.reprise.sdk.promise;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of recurring ids that no promise has taken, in journal order for each id, and the promises that
 * could take one, in the order in which they were made.
 */
final class SignalQueues {
    /** One notification, and the instant at which it arrived. */
    record Arrived(long instant, Result result) {}

    private final Map<NotificationId, Queue<Arrived>> queues = new HashMap<>();
    private final Map<NotificationId, NavigableMap<Long, PromiseNode<?>>> wanted = new HashMap<>();

    void add(NotificationId id, long instant, Result result) {
        queues.computeIfAbsent(id, ignored -> new ArrayDeque<>()).add(new Arrived(instant, result));
    }

    /** What a promise can take; null if there is nothing, or if it belongs to no queue or has settled. */
    @Nullable
    Arrived firstFor(PromiseNode<?> node) {
        if (!node.isForQueue() || node.hasOutcome() || !(node.rule() instanceof Rule.Single<?> single)) {
            return null;
        }
        Queue<Arrived> queue = queues.get(single.id());
        return queue == null ? null : queue.peek();
    }

    /** Removes the first notification of an id. */
    void remove(NotificationId id) {
        queues.computeIfPresent(id, (ignored, queue) -> {
            queue.remove();
            return queue.isEmpty() ? null : queue;
        });
    }

    /** A promise is awaited. */
    void want(PromiseNode<?> node) {
        if (node.rule() instanceof Rule.Single<?> single) {
            wanted.computeIfAbsent(single.id(), ignored -> new TreeMap<>()).put(node.serial(), node);
        }
    }

    /** A promise is not awaited any more. */
    void release(PromiseNode<?> node) {
        if (node.rule() instanceof Rule.Single<?> single) {
            wanted.computeIfPresent(single.id(), (ignored, nodes) -> {
                nodes.remove(node.serial());
                return nodes.isEmpty() ? null : nodes;
            });
        }
    }

    /** The awaited promises of an id, in the order in which they were made. */
    Collection<PromiseNode<?>> wanted(NotificationId id) {
        NavigableMap<Long, PromiseNode<?>> nodes = wanted.get(id);
        return nodes == null ? List.of() : List.copyOf(nodes.values());
    }
}
