package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runs without a result in the journal and without a proposal, with readable names. */
final class Runs {
    /** A run's position among the journal's commands, and its name. */
    record Announced(int commandIndex, String name) {}

    private final Map<Integer, Announced> unfinished = new TreeMap<>();

    void announce(CompletionId id, int commandIndex, String name) {
        unfinished.put(id.id(), new Announced(commandIndex, name));
    }

    void finish(CompletionId id) {
        unfinished.remove(id.id());
    }

    Optional<Announced> find(NotificationId id) {
        return id instanceof CompletionId(int number) ? Optional.ofNullable(unfinished.get(number)) : Optional.empty();
    }
}
