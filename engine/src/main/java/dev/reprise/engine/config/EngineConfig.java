package dev.reprise.engine.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How an engine behaves. A handler's own settings, or an operator's for its service, take precedence over the
 * retentions, the timeouts and the retry policy. Made by {@link #builder}.
 *
 * @param partitions the number of partitions, at least 1; fixed for the life of the stored state
 * @param attemptsMax the most attempts of one partition that have an open stream, at least 1; when more than half of
 *     them are taken, those that have been idle longest are asked to suspend
 * @param idempotencyRetention how long the result of a call with an idempotency key is kept
 * @param workflowRetention how long the result, the state and the promises of a workflow are kept
 * @param journalRetention how long the journal of a completed invocation is kept, at most as long as a result that is
 *     kept for an idempotency key or as a workflow's; zero for not at all
 * @param inactivityTimeout how long an attempt may go without a message before it is asked to suspend; zero for at once
 * @param inactivityTimeoutMax the longest of these timeouts, whatever a handler says of itself; for tests, in which no
 *     attempt shall stay open while time stands still
 * @param abortTimeout how long after that, still without a message, it is cut and counts as failed
 * @param retryPolicy when another attempt follows a failed one
 * @param eagerStateBytesMax the most of an object's state, keys and values, that is sent along with the start; the rest
 *     is read on demand; 0 for none
 * @param memory how much memory all attempts may use for messages on their way to handlers and back
 */
public record EngineConfig(
        int partitions,
        int attemptsMax,
        Duration idempotencyRetention,
        Duration workflowRetention,
        Duration journalRetention,
        Duration inactivityTimeout,
        Duration inactivityTimeoutMax,
        Duration abortTimeout,
        RetryPolicy retryPolicy,
        long eagerStateBytesMax,
        InvokerMemory memory) {
    /**
     * Restate's defaults: a day of retention, a minute of inactivity and ten more until an attempt is cut. Two
     * partitions, 2,000 attempts in each, 1 MiB of state sent along, and unlimited memory.
     */
    public static final EngineConfig DEFAULT = new EngineConfig(
            2,
            2_000,
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            ChronoUnit.FOREVER.getDuration(),
            Duration.ofMinutes(10),
            RetryPolicy.DEFAULT,
            1L << 20,
            InvokerMemory.UNLIMITED);

    public EngineConfig {
        if (partitions < 1 || attemptsMax < 1 || eagerStateBytesMax < 0) {
            throw new IllegalArgumentException(
                    "partitions and attemptsMax must be at least 1 and eagerStateBytesMax at least 0, were "
                            + partitions + ", " + attemptsMax + " and " + eagerStateBytesMax);
        }
        requireNotNegative("idempotencyRetention", idempotencyRetention);
        requireNotNegative("workflowRetention", workflowRetention);
        requireNotNegative("journalRetention", journalRetention);
        requireNotNegative("inactivityTimeout", inactivityTimeout);
        requireNotNegative("inactivityTimeoutMax", inactivityTimeoutMax);
        requireNotNegative("abortTimeout", abortTimeout);
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + duration);
        }
    }

    /** A builder that starts with {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /** A builder that starts with this configuration. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Sets one value at a time; the others stay as they were. See {@link EngineConfig} for their meanings. */
    public static final class Builder {
        private int partitions;
        private int attemptsMax;
        private Duration idempotencyRetention;
        private Duration workflowRetention;
        private Duration journalRetention;
        private Duration inactivityTimeout;
        private Duration inactivityTimeoutMax;
        private Duration abortTimeout;
        private RetryPolicy retryPolicy;
        private long eagerStateBytesMax;
        private InvokerMemory memory;

        private Builder(EngineConfig from) {
            partitions = from.partitions;
            attemptsMax = from.attemptsMax;
            idempotencyRetention = from.idempotencyRetention;
            workflowRetention = from.workflowRetention;
            journalRetention = from.journalRetention;
            inactivityTimeout = from.inactivityTimeout;
            inactivityTimeoutMax = from.inactivityTimeoutMax;
            abortTimeout = from.abortTimeout;
            retryPolicy = from.retryPolicy;
            eagerStateBytesMax = from.eagerStateBytesMax;
            memory = from.memory;
        }

        public Builder partitions(int count) {
            partitions = count;
            return this;
        }

        public Builder attemptsMax(int count) {
            attemptsMax = count;
            return this;
        }

        public Builder idempotencyRetention(Duration retention) {
            idempotencyRetention = retention;
            return this;
        }

        public Builder workflowRetention(Duration retention) {
            workflowRetention = retention;
            return this;
        }

        public Builder journalRetention(Duration retention) {
            journalRetention = retention;
            return this;
        }

        public Builder inactivityTimeout(Duration timeout) {
            inactivityTimeout = timeout;
            return this;
        }

        public Builder inactivityTimeoutMax(Duration timeout) {
            inactivityTimeoutMax = timeout;
            return this;
        }

        public Builder abortTimeout(Duration timeout) {
            abortTimeout = timeout;
            return this;
        }

        public Builder retryPolicy(RetryPolicy policy) {
            retryPolicy = policy;
            return this;
        }

        public Builder eagerStateBytesMax(long bytes) {
            eagerStateBytesMax = bytes;
            return this;
        }

        public Builder memory(InvokerMemory limits) {
            memory = limits;
            return this;
        }

        /** The configuration; throws an {@link IllegalArgumentException} that names any value out of bounds. */
        public EngineConfig build() {
            return new EngineConfig(
                    partitions,
                    attemptsMax,
                    idempotencyRetention,
                    workflowRetention,
                    journalRetention,
                    inactivityTimeout,
                    inactivityTimeoutMax,
                    abortTimeout,
                    retryPolicy,
                    eagerStateBytesMax,
                    memory);
        }
    }
}
