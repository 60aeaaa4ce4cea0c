package dev.reprise.sdk.vm;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The timers in the journal that the handler has started again, with readable names. */
final class ReplayedTimers {
    private final Map<Integer, Announced> announced = new TreeMap<>();

    private record Announced(int commandIndex, String name) {}

    void announce(CompletionId id, int commandIndex, String name) {
        announced.put(id.id(), new Announced(commandIndex, name));
    }

    /** Such as {@code timer 'lunch' (command 3)}; empty if the id is not that of such a timer. */
    Optional<String> nameOf(NotificationId id) {
        return id instanceof CompletionId(int number)
                ? Optional.ofNullable(announced.get(number)).map(ReplayedTimers::text)
                : Optional.empty();
    }

    private static String text(Announced timer) {
        String name = timer.name.isEmpty() ? "" : " '" + timer.name + "'";
        return "timer" + name + " (command " + timer.commandIndex + ")";
    }
}
