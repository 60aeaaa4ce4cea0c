package dev.reprise.sdk.vm;

import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The notifications that have arrived and were not taken yet, in the order of the journal.
 *
 * <p>Since V7 the result of a run does not come back: it is kept here when it is proposed, and replaces its
 * acknowledgement. A replay shows the full notification at that position.
 */
final class NotificationQueue {
    private final Deque<Notification> arrived = new ArrayDeque<>();
    private final Set<Integer> completedRuns = new TreeSet<>();
    private final Map<Integer, Result> proposed = new TreeMap<>();
    /** How many of the first ones came with the attempt's known entries. */
    private int known;

    /** One of the entries that the start has announced. */
    void arriveKnown(Notification notification) {
        known++;
        arrive(notification);
    }

    void arrive(Notification notification) {
        if (notification.type() == MessageType.RUN_COMPLETION && notification.id() instanceof CompletionId(int id)) {
            completedRuns.add(id);
            proposed.remove(id);
        }
        arrived.add(notification);
    }

    /** Keeps a run's result until its acknowledgement arrives. */
    void keepProposal(CompletionId run, Result result) {
        proposed.put(run.id(), result);
    }

    /** A proposed result is in the journal, at this position. */
    void acknowledge(int completionId) {
        Result result = proposed.remove(completionId);
        if (result == null) {
            throw new ProtocolException("the acknowledged completion " + completionId
                    + " must be of a run proposed in this attempt and not acknowledged yet");
        }
        arrive(new Notification(MessageType.RUN_COMPLETION, new CompletionId(completionId), result));
    }

    /** Whether the result of a run has arrived, whether or not it was taken. */
    boolean isCompleted(CompletionId run) {
        return completedRuns.contains(run.id());
    }

    /** Whether one is left of those that came with the known entries. */
    boolean hasKnown() {
        return known > 0;
    }

    Optional<Notification> take() {
        known = Math.max(0, known - 1);
        return Optional.ofNullable(arrived.poll());
    }

    /** Takes the first with an id; those before it stay where they are. */
    Optional<Notification> take(NotificationId id) {
        int place = 0;
        for (Iterator<Notification> rest = arrived.iterator(); rest.hasNext(); place++) {
            Notification next = rest.next();
            if (next.id().equals(id)) {
                rest.remove();
                known -= place < known ? 1 : 0;
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
