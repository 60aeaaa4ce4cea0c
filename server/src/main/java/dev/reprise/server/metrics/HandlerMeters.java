package dev.reprise.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The meters of each handler that has been called, labelled with the names of its service and handler. Each handler is
 * a set of time series for as long as the process lives, so their number is limited: handlers after the first {@link
 * #HANDLERS_MAX} are counted together under the name {@value #OTHER}. Any thread.
 */
final class HandlerMeters {
    static final int HANDLERS_MAX = 500;
    static final String OTHER = "other";

    /** Bounds of the histogram: from a call in memory to one that sleeps for days. */
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(1),
        Duration.ofMillis(3),
        Duration.ofMillis(10),
        Duration.ofMillis(30),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofDays(1)
    };

    private final MeterRegistry registry;
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();

    private record Key(String service, String handler) {}

    HandlerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of a handler. */
    Meters of(String service, String handler) {
        Key key = new Key(service, handler);
        Meters known = meters.get(key);
        if (known != null) {
            return known;
        }
        return meters.computeIfAbsent(
                meters.size() < HANDLERS_MAX ? key : new Key(OTHER, OTHER), added -> new Meters(registry, added));
    }

    /** The meters of one handler. */
    static final class Meters {
        final Counter started;
        final Counter completed;
        final Counter suspended;
        final Counter failed;
        final Counter aborted;
        final Counter failedTries;

        private final Counter succeededInvocations;
        private final Counter failedInvocations;
        private final Timer duration;

        private Meters(MeterRegistry registry, Key key) {
            started = attempts(registry, key, "started");
            completed = attempts(registry, key, "completed");
            suspended = attempts(registry, key, "suspended");
            failed = attempts(registry, key, "failed");
            aborted = attempts(registry, key, "aborted");
            failedTries = Counter.builder("reprise.run.tries.failed")
                    .description("Tries of runs that failed for the moment, as SDKs tell")
                    .tags("service", key.service(), "handler", key.handler())
                    .register(registry);
            succeededInvocations = invocations(registry, key, "success");
            failedInvocations = invocations(registry, key, "failure");
            duration = Timer.builder("reprise.invocation.duration")
                    .description("From an invocation's acceptance until it ended")
                    .tags("service", key.service(), "handler", key.handler())
                    .serviceLevelObjectives(DURATIONS)
                    .register(registry);
        }

        private static Counter attempts(MeterRegistry registry, Key key, String status) {
            return Counter.builder("restate.invoker.invocation.task")
                    .description("Attempts, by what became of them")
                    .tags("status", status, "service", key.service(), "handler", key.handler())
                    .register(registry);
        }

        private static Counter invocations(MeterRegistry registry, Key key, String result) {
            return Counter.builder("reprise.invocations.ended")
                    .description("Invocations that ended, by their result")
                    .tags("result", result, "service", key.service(), "handler", key.handler())
                    .register(registry);
        }

        /** An invocation of the handler ended. */
        void ended(boolean succeeded, long millis) {
            (succeeded ? succeededInvocations : failedInvocations).increment();
            duration.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
        }
    }
}
