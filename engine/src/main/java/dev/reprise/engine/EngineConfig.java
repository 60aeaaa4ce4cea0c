package dev.reprise.engine;

import java.time.Duration;

/**
 * How an engine behaves.
 *
 * @param partitions the number of partitions, at least 1; fixed for the life of the stored state
 * @param idempotencyRetention how long the result of a call with an idempotency key is kept
 * @param workflowRetention how long the result, the state and the promises of a workflow are kept
 * @param journalRetention how long the journal of a completed invocation is kept; zero for not at all
 * @param inactivityTimeout how long an attempt may wait for the engine before it is asked to suspend
 * @param attemptsMax the most attempts of one partition that have an open stream
 * @param retryInitialDelay the delay before the second attempt; doubles with each further one
 * @param retryMaxDelay the longest such delay
 * @param retryMaxAttempts after how many failed attempts in a row an invocation is paused; 0 for never
 */
public record EngineConfig(
        int partitions,
        Duration idempotencyRetention,
        Duration workflowRetention,
        Duration journalRetention,
        Duration inactivityTimeout,
        int attemptsMax,
        Duration retryInitialDelay,
        Duration retryMaxDelay,
        int retryMaxAttempts) {
    /** Two partitions, a day of retention, a minute of inactivity, attempts for ever. */
    public static final EngineConfig DEFAULT = new EngineConfig(
            2,
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            2_000,
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            0);

    public EngineConfig {
        if (partitions < 1 || attemptsMax < 1) {
            throw new IllegalArgumentException(
                    "partitions and attemptsMax must be at least 1, were " + partitions + " and " + attemptsMax);
        }
    }

    public EngineConfig withJournalRetention(Duration retention) {
        return new EngineConfig(
                partitions,
                idempotencyRetention,
                workflowRetention,
                retention,
                inactivityTimeout,
                attemptsMax,
                retryInitialDelay,
                retryMaxDelay,
                retryMaxAttempts);
    }

    public EngineConfig withInactivityTimeout(Duration timeout) {
        return new EngineConfig(
                partitions,
                idempotencyRetention,
                workflowRetention,
                journalRetention,
                timeout,
                attemptsMax,
                retryInitialDelay,
                retryMaxDelay,
                retryMaxAttempts);
    }
}
