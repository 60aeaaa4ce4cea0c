package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The runs whose results the journal does not hold and that were not proposed, in the order of their announcement. */
final class Runs {
    /** A run's place in the journal's commands and its name. */
    record Announced(int commandIndex, String name) {}

    private final NavigableMap<Integer, Announced> unfinished = new TreeMap<>();
    private int lastTaken;

    void announce(CompletionId id, int commandIndex, String name) {
        unfinished.put(id.id(), new Announced(commandIndex, name));
    }

    /** The runs announced since this was last called. */
    List<CompletionId> takeNew() {
        if (unfinished.isEmpty() || unfinished.lastKey() <= lastTaken) {
            return List.of();
        }
        List<CompletionId> fresh = unfinished.tailMap(lastTaken, false).keySet().stream()
                .map(CompletionId::new)
                .toList();
        lastTaken = fresh.getLast().id();
        return fresh;
    }

    void finish(CompletionId id) {
        unfinished.remove(id.id());
    }

    Optional<Announced> find(NotificationId id) {
        return id instanceof CompletionId(int number) ? Optional.ofNullable(unfinished.get(number)) : Optional.empty();
    }
}
