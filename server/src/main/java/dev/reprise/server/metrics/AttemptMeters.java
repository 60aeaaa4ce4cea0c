package dev.reprise.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of attempts. */
final class AttemptMeters {
    private static final String TASKS = "restate.invoker.invocation.task";

    final Counter started;
    final Counter completed;
    final Counter suspended;
    final Counter failed;
    final Counter aborted;
    final Timer steps;

    AttemptMeters(MeterRegistry registry) {
        started = tasks(registry, "started");
        completed = tasks(registry, "completed");
        suspended = tasks(registry, "suspended");
        failed = tasks(registry, "failed");
        aborted = tasks(registry, "aborted");
        steps = Timer.builder("reprise.step.commit.duration")
                .description("From a run's result until it is durable")
                .publishPercentiles(0.5, 0.9, 0.99)
                .register(registry);
    }

    private static Counter tasks(MeterRegistry registry, String status) {
        return Counter.builder(TASKS)
                .description("Attempts, by what became of them")
                .tag("status", status)
                .register(registry);
    }
}
