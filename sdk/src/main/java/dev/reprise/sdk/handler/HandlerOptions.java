package dev.reprise.sdk.handler;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine should know about a handler, or about all handlers of a service. What is {@code null} is the service's
 * option for a handler, and the engine's default for a service.
 *
 * @param documentation for people, in Markdown
 * @param metadata pairs for tools, in the order given
 * @param accept the content types of the input, wildcards allowed as in HTTP's {@code Accept}; not for a service
 * @param inactivityTimeout how long an attempt may send nothing before it is asked to suspend
 * @param abortTimeout how long after that the attempt is cut off
 * @param journalRetention how long the journal of a finished invocation is kept
 * @param idempotencyRetention how long the result of an invocation with an idempotency key is kept; not for a workflow's
 *     run handler
 * @param workflowRetention how long a finished workflow is kept; for a workflow and its run handler only
 * @param lazyState whether state is fetched when it is read instead of sent along with each attempt
 * @param ingressPrivate whether only other handlers may call it
 * @param retryPolicy how failed attempts are repeated
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

    /** Nothing said: the defaults. */
    public static final HandlerOptions DEFAULT =
            new HandlerOptions(null, Map.of(), null, null, null, null, null, null, null, null, null);

    public HandlerOptions {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
