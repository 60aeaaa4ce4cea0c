package dev.reprise.engine.registry;

import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a handler's invocations are run and kept. The handler's own setting comes first, then the operator's or the
 * service's; null is the engine's default.
 *
 * @param isPublic whether clients may call it, not only other handlers
 * @param lazyState whether state is read key by key instead of being sent along with the start
 * @param inactivityTimeout after how long without a message the handler is asked to suspend
 * @param abortTimeout how long after that the attempt is cut
 * @param journalRetention how long the journal is kept after the end
 * @param idempotencyRetention how long a result is kept for its idempotency key
 * @param workflowRetention how long a workflow's result is kept
 * @param retries when a failed attempt is retried
 */
public record HandlerSettings(
        boolean isPublic,
        boolean lazyState,
        @Nullable Duration inactivityTimeout,
        @Nullable Duration abortTimeout,
        @Nullable Duration journalRetention,
        @Nullable Duration idempotencyRetention,
        @Nullable Duration workflowRetention,
        Retries retries) {

    /** Retries after failed attempts; null is the engine's default. */
    public record Retries(
            @Nullable Duration initialInterval,
            @Nullable Duration maxInterval,
            @Nullable Double factor,
            @Nullable Long maxAttempts,
            @Nullable RetryPolicyOnMaxAttempts onMaxAttempts) {}

    static HandlerSettings of(ServiceManifest service, HandlerManifest handler, ServiceChanges changes) {
        return new HandlerSettings(
                isPublic(service, handler, changes),
                Boolean.TRUE.equals(first(handler.enableLazyState(), service.enableLazyState())),
                duration(handler.inactivityTimeout(), changes.inactivityTimeout(), service.inactivityTimeout()),
                duration(handler.abortTimeout(), changes.abortTimeout(), service.abortTimeout()),
                duration(handler.journalRetention(), changes.journalRetention(), service.journalRetention()),
                duration(
                        handler.idempotencyRetention(), changes.idempotencyRetention(), service.idempotencyRetention()),
                duration(handler.workflowCompletionRetention(), changes.workflowRetention(), null),
                new Retries(
                        duration(handler.retryPolicyInitialInterval(), null, service.retryPolicyInitialInterval()),
                        duration(handler.retryPolicyMaxInterval(), null, service.retryPolicyMaxInterval()),
                        first(handler.retryPolicyExponentiationFactor(), service.retryPolicyExponentiationFactor()),
                        first(handler.retryPolicyMaxAttempts(), service.retryPolicyMaxAttempts()),
                        first(handler.retryPolicyOnMaxAttempts(), service.retryPolicyOnMaxAttempts())));
    }

    private static boolean isPublic(ServiceManifest service, HandlerManifest handler, ServiceChanges changes) {
        Boolean changed = changes.isPublic();
        boolean servicePublic = changed == null ? !Boolean.TRUE.equals(service.ingressPrivate()) : changed;
        return servicePublic && !Boolean.TRUE.equals(handler.ingressPrivate());
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T inherited) {
        return own == null ? inherited : own;
    }

    private static @Nullable Duration duration(
            @Nullable Long handlerMillis, @Nullable Duration changed, @Nullable Long serviceMillis) {
        if (handlerMillis == null && changed != null) {
            return changed;
        }
        Long millis = first(handlerMillis, serviceMillis);
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
