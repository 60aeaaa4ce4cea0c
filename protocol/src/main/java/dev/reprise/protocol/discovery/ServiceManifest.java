package dev.reprise.protocol.discovery;

import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service of a deployment. Times are in milliseconds. What is null here is the engine's default; what a handler
 * says itself comes before what its service says.
 *
 * @param name letters, digits, {@code . _ -}, see the document's schema
 * @param ty the kind of service
 * @param handlers its handlers, in the order it names them
 * @param documentation for people, usually Markdown (since V2)
 * @param metadata texts of the user's own, in the order given (since V2)
 * @param inactivityTimeout after how long without a message the handler is asked to suspend (since V3)
 * @param abortTimeout how long after that the attempt is cut (since V3)
 * @param journalRetention how long the journal is kept after the end (since V3)
 * @param idempotencyRetention how long a result is kept for its idempotency key; of a workflow, for its shared handlers
 *     (since V3)
 * @param enableLazyState whether state is read key by key and not sent along with the start (since V3)
 * @param ingressPrivate whether only other handlers may call it (since V3)
 * @param retryPolicyInitialInterval the delay before the first retry (since V4)
 * @param retryPolicyMaxInterval the largest delay (since V4)
 * @param retryPolicyMaxAttempts how many attempts there are, the first included (since V4)
 * @param retryPolicyExponentiationFactor by what the delay grows (since V4)
 * @param retryPolicyOnMaxAttempts what happens when they are used up (since V4)
 */
public record ServiceManifest(
        String name,
        ServiceType ty,
        List<HandlerManifest> handlers,
        @Nullable String documentation,
        @Nullable Map<String, String> metadata,
        @Nullable Long inactivityTimeout,
        @Nullable Long abortTimeout,
        @Nullable Long journalRetention,
        @Nullable Long idempotencyRetention,
        @Nullable Boolean enableLazyState,
        @Nullable Boolean ingressPrivate,
        @Nullable Long retryPolicyInitialInterval,
        @Nullable Long retryPolicyMaxInterval,
        @Nullable Long retryPolicyMaxAttempts,
        @Nullable Double retryPolicyExponentiationFactor,
        @Nullable RetryPolicyOnMaxAttempts retryPolicyOnMaxAttempts) {
    public ServiceManifest {
        handlers = List.copyOf(handlers);
        metadata = inOrder(metadata);
    }

    /** A service that leaves everything to the engine's defaults. */
    public static ServiceManifest of(String name, ServiceType ty, List<HandlerManifest> handlers) {
        return new ServiceManifest(
                name, ty, handlers, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A copy that keeps its order, which {@link Map#copyOf} does not. */
    static @Nullable Map<String, String> inOrder(@Nullable Map<String, String> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The service without the fields that came after {@code version}. */
    ServiceManifest forVersion(DiscoveryVersion version) {
        boolean v2 = version.compareTo(DiscoveryVersion.V2) >= 0;
        boolean v3 = version.compareTo(DiscoveryVersion.V3) >= 0;
        boolean v4 = version.compareTo(DiscoveryVersion.V4) >= 0;
        return new ServiceManifest(
                name,
                ty,
                handlers.stream().map(handler -> handler.forVersion(version)).toList(),
                v2 ? documentation : null,
                v2 ? metadata : null,
                v3 ? inactivityTimeout : null,
                v3 ? abortTimeout : null,
                v3 ? journalRetention : null,
                v3 ? idempotencyRetention : null,
                v3 ? enableLazyState : null,
                v3 ? ingressPrivate : null,
                v4 ? retryPolicyInitialInterval : null,
                v4 ? retryPolicyMaxInterval : null,
                v4 ? retryPolicyMaxAttempts : null,
                v4 ? retryPolicyExponentiationFactor : null,
                v4 ? retryPolicyOnMaxAttempts : null);
    }
}
