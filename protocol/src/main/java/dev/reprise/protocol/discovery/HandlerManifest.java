package dev.reprise.protocol.discovery;

import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One handler of a service. Its options mean what they mean in {@link ServiceManifest} and come before its service's.
 *
 * @param name letters, digits and {@code _}, see the document's schema
 * @param ty how it runs beside others of its key; null for its service's default, always null for a plain service
 * @param input what it takes; null for anything or nothing
 * @param output what it gives; null for JSON
 * @param documentation for people, usually Markdown (since V2)
 * @param metadata texts of the user's own, in the order given (since V2)
 * @param inactivityTimeout milliseconds (since V3)
 * @param abortTimeout milliseconds (since V3)
 * @param journalRetention milliseconds (since V3)
 * @param idempotencyRetention milliseconds; not for a workflow's run (since V3)
 * @param workflowCompletionRetention milliseconds its result is kept; for a workflow's run only (since V3)
 * @param enableLazyState see the service (since V3)
 * @param ingressPrivate see the service (since V3)
 * @param retryPolicyInitialInterval milliseconds (since V4)
 * @param retryPolicyMaxInterval milliseconds (since V4)
 * @param retryPolicyMaxAttempts see the service (since V4)
 * @param retryPolicyExponentiationFactor see the service (since V4)
 * @param retryPolicyOnMaxAttempts see the service (since V4)
 */
public record HandlerManifest(
        String name,
        @Nullable HandlerType ty,
        @Nullable Input input,
        @Nullable Output output,
        @Nullable String documentation,
        @Nullable Map<String, String> metadata,
        @Nullable Long inactivityTimeout,
        @Nullable Long abortTimeout,
        @Nullable Long journalRetention,
        @Nullable Long idempotencyRetention,
        @Nullable Long workflowCompletionRetention,
        @Nullable Boolean enableLazyState,
        @Nullable Boolean ingressPrivate,
        @Nullable Long retryPolicyInitialInterval,
        @Nullable Long retryPolicyMaxInterval,
        @Nullable Long retryPolicyMaxAttempts,
        @Nullable Double retryPolicyExponentiationFactor,
        @Nullable RetryPolicyOnMaxAttempts retryPolicyOnMaxAttempts) {
    public HandlerManifest {
        metadata = ServiceManifest.inOrder(metadata);
    }

    /** A handler that leaves everything else to its service. */
    public static HandlerManifest of(
            String name, @Nullable HandlerType ty, @Nullable Input input, @Nullable Output output) {
        return new HandlerManifest(
                name, ty, input, output, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    /**
     * What a handler takes. The engine checks requests against it.
     *
     * @param required whether there must be a body with a content type, even an empty one; null for no
     * @param contentType what it accepts, with wildcards as in an {@code Accept} header; null for no body at all
     * @param jsonSchema any JSON value, as maps, lists, texts, numbers and booleans
     */
    public record Input(
            @Nullable Boolean required,
            @Nullable String contentType,
            @Nullable Object jsonSchema) {}

    /**
     * What a handler gives.
     *
     * @param contentType the content type of the answer; null for an answer without a body
     * @param setContentTypeIfEmpty whether an empty answer has it too; null for no
     * @param jsonSchema any JSON value, as maps, lists, texts, numbers and booleans
     */
    public record Output(
            @Nullable String contentType,
            @Nullable Boolean setContentTypeIfEmpty,
            @Nullable Object jsonSchema) {}

    /** The handler without the fields that came after {@code version}. */
    HandlerManifest forVersion(DiscoveryVersion version) {
        boolean v2 = version.compareTo(DiscoveryVersion.V2) >= 0;
        boolean v3 = version.compareTo(DiscoveryVersion.V3) >= 0;
        boolean v4 = version.compareTo(DiscoveryVersion.V4) >= 0;
        return new HandlerManifest(
                name,
                ty,
                input,
                output,
                v2 ? documentation : null,
                v2 ? metadata : null,
                v3 ? inactivityTimeout : null,
                v3 ? abortTimeout : null,
                v3 ? journalRetention : null,
                v3 ? idempotencyRetention : null,
                v3 ? workflowCompletionRetention : null,
                v3 ? enableLazyState : null,
                v3 ? ingressPrivate : null,
                v4 ? retryPolicyInitialInterval : null,
                v4 ? retryPolicyMaxInterval : null,
                v4 ? retryPolicyMaxAttempts : null,
                v4 ? retryPolicyExponentiationFactor : null,
                v4 ? retryPolicyOnMaxAttempts : null);
    }
}
