package dev.reprise.embedded;

import dev.reprise.sdk.attempt.FailureListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the handlers of some invocations threw last: of those that failed latest, for who waits for them. Any thread. */
final class LatestFailures implements FailureListener {
    private static final int INVOCATIONS_MAX = 100;

    /**
     * What was thrown.
     *
     * @param attempt in which attempt, counted since one came a step further
     */
    record Thrown(int attempt, Throwable cause) {}

    private final Map<String, Thrown> latest = new LinkedHashMap<>();

    @Override
    public synchronized void failed(String invocationId, int attempt, Throwable cause) {
        latest.remove(invocationId);
        latest.put(invocationId, new Thrown(attempt, cause));
        if (latest.size() > INVOCATIONS_MAX) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    /** What an invocation's handler threw last, if it is still known. */
    synchronized Optional<Thrown> of(String invocationId) {
        return Optional.ofNullable(latest.get(invocationId));
    }
}
