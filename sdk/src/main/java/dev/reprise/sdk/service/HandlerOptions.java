package dev.reprise.sdk.service;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine should know about a handler, or about all handlers of a service. {@code null} means the service's
 * option for a handler, and the engine's default for a service.
 *
 * @param documentation for readers, in Markdown
 * @param metadata pairs for tools, in the given order
 * @param accept the content types of the input, wildcards allowed as in HTTP's {@code Accept}; not for a service
 * @param inactivityTimeout how long an attempt may send nothing before it is asked to suspend
 * @param abortTimeout how long after that the attempt is cut off
 * @param journalRetention how long the journal of a finished invocation is kept
 * @param idempotencyRetention how long the result of an invocation with an idempotency key is kept; not for a
 *     workflow's run handler
 * @param workflowRetention how long a finished workflow is kept; for a workflow and its run handler only
 * @param lazyState whether state is fetched when it is read instead of sent along with each attempt
 * @param ingressPrivate whether only other handlers may call it
 * @param retryPolicy how failed attempts are retried
 */
public record HandlerOptions(
        @Nullable String documentation,
        Map<String, String> metadata,
        @Nullable String accept,
        @Nullable Duration inactivityTimeout,
        @Nullable Duration abortTimeout,
        @Nullable Duration journalRetention,
        @Nullable Duration idempotencyRetention,
        @Nullable Duration workflowRetention,
        @Nullable Boolean lazyState,
        @Nullable Boolean ingressPrivate,
        @Nullable InvocationRetryPolicy retryPolicy) {

    private static final Duration DURATION_MAX = Duration.ofMillis(Long.MAX_VALUE);

    /** No options. */
    public static final HandlerOptions NONE = builder().build();

    public HandlerOptions {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        requireMillis("inactivity timeout", inactivityTimeout);
        requireMillis("abort timeout", abortTimeout);
        requireMillis("journal retention", journalRetention);
        requireMillis("idempotency retention", idempotencyRetention);
        requireMillis("workflow retention", workflowRetention);
    }

    static void requireMillis(String what, @Nullable Duration duration) {
        if (duration != null && (duration.isNegative() || duration.compareTo(DURATION_MAX) > 0)) {
            throw new IllegalArgumentException("Expected the " + what + " to be between zero and " + DURATION_MAX
                    + ", found " + duration + ". Leave the option out for the default.");
        }
    }

    /** Begins with no options. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, overridden by those that {@code other} sets. Metadata is merged. */
    public HandlerOptions overlaidBy(HandlerOptions other) {
        Builder both = builder();
        both.metadata.putAll(metadata);
        both.metadata.putAll(other.metadata);
        both.documentation = other.documentation == null ? documentation : other.documentation;
        both.accept = other.accept == null ? accept : other.accept;
        both.inactivityTimeout = other.inactivityTimeout == null ? inactivityTimeout : other.inactivityTimeout;
        both.abortTimeout = other.abortTimeout == null ? abortTimeout : other.abortTimeout;
        both.journalRetention = other.journalRetention == null ? journalRetention : other.journalRetention;
        both.idempotencyRetention =
                other.idempotencyRetention == null ? idempotencyRetention : other.idempotencyRetention;
        both.workflowRetention = other.workflowRetention == null ? workflowRetention : other.workflowRetention;
        both.lazyState = other.lazyState == null ? lazyState : other.lazyState;
        both.ingressPrivate = other.ingressPrivate == null ? ingressPrivate : other.ingressPrivate;
        both.retryPolicy = other.retryPolicy == null ? retryPolicy : other.retryPolicy;
        return both.build();
    }

    /** Collects options. For one thread. */
    public static final class Builder {
        private @Nullable String documentation;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable String accept;
        private @Nullable Duration inactivityTimeout;
        private @Nullable Duration abortTimeout;
        private @Nullable Duration journalRetention;
        private @Nullable Duration idempotencyRetention;
        private @Nullable Duration workflowRetention;
        private @Nullable Boolean lazyState;
        private @Nullable Boolean ingressPrivate;
        private @Nullable InvocationRetryPolicy retryPolicy;

        private Builder() {}

        /** For readers, in Markdown. */
        public Builder documentation(String value) {
            this.documentation = value;
            return this;
        }

        /** One pair for tools. */
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /** The content types of the input, wildcards allowed as in HTTP's {@code Accept}. */
        public Builder accept(String value) {
            this.accept = value;
            return this;
        }

        /** How long an attempt may send nothing before it is asked to suspend; not negative. */
        public Builder inactivityTimeout(Duration value) {
            this.inactivityTimeout = value;
            return this;
        }

        /** How long after that the attempt is cut off; not negative. */
        public Builder abortTimeout(Duration value) {
            this.abortTimeout = value;
            return this;
        }

        /** How long the journal of a finished invocation is kept; not negative. */
        public Builder journalRetention(Duration value) {
            this.journalRetention = value;
            return this;
        }

        /** How long the result of an invocation with an idempotency key is kept; not negative. */
        public Builder idempotencyRetention(Duration value) {
            this.idempotencyRetention = value;
            return this;
        }

        /** How long a finished workflow is kept; not negative. */
        public Builder workflowRetention(Duration value) {
            this.workflowRetention = value;
            return this;
        }

        /** Whether state is fetched when it is read instead of sent along with each attempt. */
        public Builder lazyState(boolean value) {
            this.lazyState = value;
            return this;
        }

        /** Whether only other handlers may call it. */
        public Builder ingressPrivate(boolean value) {
            this.ingressPrivate = value;
            return this;
        }

        /** How failed attempts are retried. */
        public Builder retryPolicy(InvocationRetryPolicy value) {
            this.retryPolicy = value;
            return this;
        }

        /**
         * The options collected so far.
         *
         * @throws IllegalArgumentException when a duration is negative
         */
        public HandlerOptions build() {
            return new HandlerOptions(
                    documentation,
                    metadata,
                    accept,
                    inactivityTimeout,
                    abortTimeout,
                    journalRetention,
                    idempotencyRetention,
                    workflowRetention,
                    lazyState,
                    ingressPrivate,
                    retryPolicy);
        }
    }
}
