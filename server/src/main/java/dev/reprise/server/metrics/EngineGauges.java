package dev.reprise.server.metrics;

import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.reads.PartitionReads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Gauges of an engine. Invocations by state are counted in the tables: at most every {@link #AGE_NANOS_MAX}, and not
 * beyond {@link #INVOCATIONS_MAX}, so that a scrape stays cheap however much is stored.
 */
final class EngineGauges {
    private static final List<String> STATES =
            List.of("pending", "scheduled", "invoked", "suspended", "paused", "completed");
    private static final long AGE_NANOS_MAX = 15_000_000_000L;
    private static final int INVOCATIONS_MAX = 1_000_000;

    private final Engine engine;

    /* Guarded by this. */
    private Map<String, Integer> counts = Map.of();
    private long countedNanos;

    EngineGauges(Engine engine) {
        this.engine = engine;
    }

    void register(MeterRegistry registry) {
        for (String state : STATES) {
            Gauge.builder("reprise.invocations", this, gauges -> gauges.count(state))
                    .description("Invocations by state; of more than " + INVOCATIONS_MAX + " no more are counted")
                    .tag("state", state)
                    .strongReference(true)
                    .register(registry);
        }
        attempts(registry, "running", AttemptView::inFlight);
        attempts(registry, "backing-off", view -> view.nextRetryMillis() > 0);
        attempts(registry, "queued", view -> !view.inFlight() && view.nextRetryMillis() == 0);
        Gauge.builder("reprise.partitions.stopped", engine, Engine::stoppedPartitions)
                .description("Partitions that stopped because of a failure, until the server is started again")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "reprise.partitions.waiting",
                        engine,
                        e -> e.health().waiting().size())
                .description("Partitions, and the log as one more, that stand still until there is room on the disk")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "reprise.invocations.refused",
                        engine,
                        e -> e.health().refusing().isPresent() ? 1 : 0)
                .description("1 while new invocations are refused because the disk is nearly full")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "reprise.deployments",
                        engine,
                        e -> e.registry().deployments().size())
                .description("Registered deployments")
                .strongReference(true)
                .register(registry);
    }

    private void attempts(MeterRegistry registry, String state, Predicate<AttemptView> predicate) {
        Gauge.builder(
                        "reprise.attempts",
                        engine,
                        e -> e.views().attempts().stream().filter(predicate).count())
                .description("Attempts that run, wait for their next try, or wait for room")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private synchronized int count(String state) {
        long now = System.nanoTime();
        if (counts.isEmpty() || now - countedNanos > AGE_NANOS_MAX) {
            counts = count();
            countedNanos = now;
        }
        return counts.getOrDefault(state, 0);
    }

    private Map<String, Integer> count() {
        Map<String, Integer> found = new TreeMap<>();
        STATES.forEach(state -> found.put(state, 0));
        int left = INVOCATIONS_MAX;
        engine.commit();
        for (PartitionReads partition : engine.views().reads()) {
            Iterator<StoredInvocation> invocations = partition.invocations();
            while (left > 0 && invocations.hasNext()) {
                found.merge(stateOf(invocations.next().status()), 1, Integer::sum);
                left--;
            }
        }
        return found;
    }

    private static String stateOf(InvocationStatus.Kind status) {
        return switch (status) {
            case SCHEDULED -> "scheduled";
            case INBOXED -> "pending";
            case INVOKED -> "invoked";
            case SUSPENDED -> "suspended";
            case PAUSED -> "paused";
            case COMPLETED -> "completed";
        };
    }
}
