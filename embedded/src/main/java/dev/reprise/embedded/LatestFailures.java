package dev.reprise.embedded;

import dev.reprise.sdk.attempt.FailureListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the handlers of some invocations threw last, for whoever waits for them; only those that failed most recently.
 * Any thread.
 */
final class LatestFailures implements FailureListener {
    private static final int INVOCATIONS_MAX = 100;

    /**
     * An exception.
     *
     * @param attempt the attempt that threw it, counted since one made progress
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

    /** The last exception of an invocation's handler, if it is still known. */
    synchronized Optional<Thrown> of(String invocationId) {
        return Optional.ofNullable(latest.get(invocationId));
    }
}
