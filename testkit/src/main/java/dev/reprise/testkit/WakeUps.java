package dev.reprise.testkit;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.partition.TimerKey.Kind;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.WaitingCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How often time has passed for the same waiting calls. A handler that sends itself again, or polls, wakes for ever; a
 * call that it does not answer would wait as long. So there is a limit, and whoever reaches it is told which handlers
 * kept waking. Used by one thread.
 */
final class WakeUps {
    /** The latest ones are remembered by name. */
    private static final int NAMED = 100;

    private static final int NAMES_MAX = 5;
    private static final int TIMED_OUT = 504;

    private final Reprise reprise;
    private final int max;
    private Set<WaitingCall> waiting = Set.of();
    private final Map<String, Integer> named = new LinkedHashMap<>();
    private int count;
    private long nowMillis;

    WakeUps(Reprise reprise, int max) {
        this.reprise = reprise;
        this.max = max;
    }

    /** Whether these calls have waited for as many wake-ups as there may be. If not, one more follows. */
    boolean isLastReached(Collection<WaitingCall> calls, long nextMillis) {
        Set<WaitingCall> now = Set.copyOf(calls);
        if (!waiting.equals(now)) {
            waiting = now;
            count = 0;
            named.clear();
        }
        if (count >= max) {
            return true;
        }
        count++;
        nowMillis = nextMillis;
        if (count > max - NAMED) {
            due(reprise, nextMillis).forEach(target -> named.merge(target, 1, Integer::sum));
        }
        return false;
    }

    /** The handlers whose timers are due at that time. */
    static List<String> due(Reprise reprise, long millis) {
        List<String> found = new ArrayList<>();
        reprise.engine().commit();
        reprise.engine()
                .views()
                .reads()
                .forEach(reads -> reads.forEachTimer(timer -> {
                    if (timer.wakeUpMillis() <= millis && (timer.kind() == Kind.SLEEP || timer.kind() == Kind.START)) {
                        reads.stored(timer.invocationId())
                                .ifPresent(stored -> found.add(stored.target().toString()));
                    }
                    return timer.wakeUpMillis() <= millis;
                }));
        return found;
    }

    /** Why a call waits no longer. */
    ClientException failure(WaitingCall call) {
        return new ClientException(
                ClientException.Reason.STALLED,
                TIMED_OUT,
                call.description() + " has no answer after " + count + " wake-ups in a row, by which it has become "
                        + Instant.ofEpochMilli(nowMillis) + ". " + culprits()
                        + " An invocation that sends itself again, or that polls, wakes for ever: end it before you"
                        + " wait, by what its condition reads or by cancel(), or do what the call waits for. If it only"
                        + " takes that long, use RepriseExtension.of(…).withWakeUpsMax(n).",
                Map.of(),
                call.invocationId().orElse(null),
                null);
    }

    /** Which handlers woke of late, and how often. */
    private String culprits() {
        List<Map.Entry<String, Integer>> most = named.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(NAMES_MAX)
                .toList();
        return "What woke in the last " + Math.min(count, NAMED) + ": "
                + (most.isEmpty()
                        ? "attempts that failed"
                        : most.stream()
                                .map(one -> one.getKey() + " (" + one.getValue() + " times)")
                                .collect(Collectors.joining(", ")))
                + ".";
    }
}
