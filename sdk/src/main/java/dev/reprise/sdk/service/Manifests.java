package dev.reprise.sdk.service;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.sdk.serde.Serde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes what an endpoint serves in the form of the discovery document. */
public final class Manifests {
    private Manifests() {}

    /**
     * The discovery document of an endpoint.
     *
     * @param services the services, in the order in which they are named
     * @param mode whether both sides may send at the same time
     * @throws ServiceDefinitionException when two services have the same name
     */
    public static EndpointManifest of(Collection<ServiceDefinition> services, ProtocolMode mode) {
        List<ServiceDefinition> known = new ArrayList<>();
        for (ServiceDefinition service : services) {
            service.requireOwnName(known);
            known.add(service);
        }
        return new EndpointManifest(
                mode,
                ProtocolVersion.values()[0].number(),
                ProtocolVersion.values()[ProtocolVersion.values().length - 1].number(),
                services.stream().map(Manifests::service).toList(),
                null);
    }

    private static ServiceManifest service(ServiceDefinition service) {
        HandlerOptions options = service.options();
        InvocationRetryPolicy retries = retries(options);
        List<HandlerManifest> handlers = service.handlers().stream()
                .map(handler -> handler(handler, options))
                .toList();
        return new ServiceManifest(
                service.name(),
                service.kind(),
                handlers,
                options.documentation(),
                metadata(options),
                millis(options.inactivityTimeout()),
                millis(options.abortTimeout()),
                millis(options.journalRetention()),
                millis(options.idempotencyRetention()),
                options.lazyState(),
                options.ingressPrivate(),
                millis(retries.initialInterval()),
                millis(retries.maxInterval()),
                attempts(retries),
                retries.exponentiationFactor(),
                onMaxAttempts(retries));
    }

    private static HandlerManifest handler(HandlerDefinition handler, HandlerOptions service) {
        HandlerOptions options = handler.options();
        InvocationRetryPolicy retries = retries(options);
        return new HandlerManifest(
                handler.name(),
                handler.kind().type(),
                input(handler.input(), options.accept()),
                output(handler.output()),
                options.documentation(),
                metadata(options),
                millis(options.inactivityTimeout()),
                millis(options.abortTimeout()),
                millis(options.journalRetention()),
                millis(options.idempotencyRetention()),
                millis(workflowRetention(handler, service)),
                options.lazyState(),
                options.ingressPrivate(),
                millis(retries.initialInterval()),
                millis(retries.maxInterval()),
                attempts(retries),
                retries.exponentiationFactor(),
                onMaxAttempts(retries));
    }

    /** A handler without input says so; one with an input requires it. */
    private static HandlerManifest.Input input(Serde<?> serde, @Nullable String accept) {
        String contentType = accept == null ? serde.contentType().orElse(null) : accept;
        return new HandlerManifest.Input(contentType == null ? null : true, contentType, schema(serde));
    }

    private static HandlerManifest.Output output(Serde<?> serde) {
        return new HandlerManifest.Output(serde.contentType().orElse(null), false, schema(serde));
    }

    private static @Nullable Object schema(Serde<?> serde) {
        return serde.jsonSchema().map(ManifestJson::schema).orElse(null);
    }

    /** The document has this option only on the run handler; here the workflow may have it. */
    private static @Nullable Duration workflowRetention(HandlerDefinition handler, HandlerOptions service) {
        if (handler.kind() != HandlerKind.WORKFLOW_RUN) {
            return null;
        }
        Duration own = handler.options().workflowRetention();
        return own == null ? service.workflowRetention() : own;
    }

    private static @Nullable Map<String, String> metadata(HandlerOptions options) {
        return options.metadata().isEmpty() ? null : options.metadata();
    }

    private static InvocationRetryPolicy retries(HandlerOptions options) {
        InvocationRetryPolicy policy = options.retryPolicy();
        return policy == null ? InvocationRetryPolicy.NONE : policy;
    }

    private static @Nullable Long attempts(InvocationRetryPolicy policy) {
        Integer attempts = policy.maxAttempts();
        return attempts == null ? null : attempts.longValue();
    }

    private static @Nullable RetryPolicyOnMaxAttempts onMaxAttempts(InvocationRetryPolicy policy) {
        return switch (policy.onMaxAttempts()) {
            case null -> null;
            case PAUSE -> RetryPolicyOnMaxAttempts.PAUSE;
            case KILL -> RetryPolicyOnMaxAttempts.KILL;
        };
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
