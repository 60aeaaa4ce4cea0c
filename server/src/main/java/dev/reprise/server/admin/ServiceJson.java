package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceChanges;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.server.config.HumanDuration;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services and handlers as the admin API shows them: with the defaults filled in among a service's options. */
final class ServiceJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registry registry;
    private final AdminContext.Defaults defaults;

    ServiceJson(Registry registry, AdminContext.Defaults defaults) {
        this.registry = registry;
        this.defaults = defaults;
    }

    /** The same, for a registry with different content. */
    ServiceJson over(Registry other) {
        return new ServiceJson(other, defaults);
    }

    ArrayNode services(Iterable<ServiceDescriptor> services) {
        ArrayNode all = JSON.createArrayNode();
        services.forEach(service -> all.add(service(service)));
        return all;
    }

    ObjectNode service(ServiceDescriptor service) {
        ServiceManifest manifest = service.manifest();
        ObjectNode json = JSON.createObjectNode();
        json.put("name", service.name());
        json.put("ty", typeName(manifest.ty()));
        json.set("handlers", handlers(service));
        describe(json, manifest.documentation(), manifest.metadata());
        json.put("deployment_id", service.deployment().toString());
        json.put("revision", service.revision());
        json.put("public", isPublic(service));
        retentions(json, service);
        timeouts(json, service);
        json.put("enable_lazy_state", Boolean.TRUE.equals(manifest.enableLazyState()));
        json.set("retry_policy", retryPolicy(manifest));
        return json;
    }

    /** Whether the service as a whole is public; a handler of it may still be private. */
    static boolean isPublic(ServiceDescriptor service) {
        Boolean changed = service.changes().isPublic();
        return changed == null ? !Boolean.TRUE.equals(service.manifest().ingressPrivate()) : changed;
    }

    static String typeName(ServiceType type) {
        return switch (type) {
            case SERVICE -> "Service";
            case VIRTUAL_OBJECT -> "VirtualObject";
            case WORKFLOW -> "Workflow";
        };
    }

    private void retentions(ObjectNode json, ServiceDescriptor service) {
        ServiceManifest manifest = service.manifest();
        ServiceChanges changes = service.changes();
        put(
                json,
                "idempotency_retention",
                first(
                        changes.idempotencyRetention(),
                        manifest.idempotencyRetention(),
                        defaults.retention().idempotency()));
        if (manifest.ty() == ServiceType.WORKFLOW) {
            Long own = null;
            for (HandlerManifest handler : manifest.handlers()) {
                own = own == null ? handler.workflowCompletionRetention() : own;
            }
            put(
                    json,
                    "workflow_completion_retention",
                    own == null
                            ? first(
                                    changes.workflowRetention(),
                                    null,
                                    defaults.retention().workflow())
                            : Duration.ofMillis(own));
        }
        Duration journal = first(
                changes.journalRetention(),
                manifest.journalRetention(),
                defaults.retention().journal());
        boolean isSaid = changes.journalRetention() != null || manifest.journalRetention() != null;
        if (isSaid || !journal.isZero()) {
            put(json, "journal_retention", journal);
        }
    }

    private void timeouts(ObjectNode json, ServiceDescriptor service) {
        ServiceManifest manifest = service.manifest();
        Duration inactivity = first(
                service.changes().inactivityTimeout(),
                manifest.inactivityTimeout(),
                defaults.invoker().inactivityTimeout());
        put(json, "inactivity_timeout", isRequestResponse(service) ? Duration.ZERO : inactivity);
        put(
                json,
                "abort_timeout",
                first(
                        service.changes().abortTimeout(),
                        manifest.abortTimeout(),
                        defaults.invoker().abortTimeout()));
    }

    private boolean isRequestResponse(ServiceDescriptor service) {
        return registry.deployment(service.deployment())
                .map(Deployment::manifest)
                .filter(manifest -> manifest.protocolMode() == ProtocolMode.REQUEST_RESPONSE)
                .isPresent();
    }

    private ObjectNode retryPolicy(ServiceManifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        put(
                json,
                "initial_interval",
                first(
                        null,
                        manifest.retryPolicyInitialInterval(),
                        defaults.retries().initialInterval()));
        Double factor = manifest.retryPolicyExponentiationFactor();
        json.put("exponentiation_factor", factor == null ? defaults.retries().factor() : factor);
        Long attempts = manifest.retryPolicyMaxAttempts();
        if (attempts == null) {
            attempts = defaults.retries().maxAttempts() == 0
                    ? null
                    : (long) defaults.retries().maxAttempts();
        }
        json.put("max_attempts", attempts == null ? null : Math.max(1, attempts));
        put(
                json,
                "max_interval",
                first(
                        null,
                        manifest.retryPolicyMaxInterval(),
                        defaults.retries().maxInterval()));
        RetryPolicyOnMaxAttempts onMaxAttempts = manifest.retryPolicyOnMaxAttempts();
        json.put("on_max_attempts", onMaxAttempts == null ? defaultOnMaxAttempts() : onMaxAttempts(onMaxAttempts));
        return json;
    }

    private String defaultOnMaxAttempts() {
        return switch (defaults.retries().onMaxAttempts()) {
            case PAUSE -> "Pause";
            case KILL -> "Kill";
        };
    }

    ArrayNode handlers(ServiceDescriptor service) {
        ArrayNode all = JSON.createArrayNode();
        service.handlers().forEach(handler -> all.add(handler(service, handler)));
        return all;
    }

    /** A handler, with only the options that it sets itself. */
    ObjectNode handler(ServiceDescriptor service, HandlerDescriptor handler) {
        HandlerManifest manifest = handler.manifest();
        ObjectNode json = JSON.createObjectNode();
        json.put("name", handler.name());
        String type = handlerType(handler);
        if (type != null) {
            json.put("ty", type);
        }
        describe(json, manifest.documentation(), manifest.metadata());
        putMillis(json, "idempotency_retention", manifest.idempotencyRetention());
        putMillis(json, "journal_retention", manifest.journalRetention());
        putMillis(json, "inactivity_timeout", isRequestResponse(service) ? null : manifest.inactivityTimeout());
        putMillis(json, "abort_timeout", manifest.abortTimeout());
        if (manifest.enableLazyState() != null) {
            json.put("enable_lazy_state", manifest.enableLazyState());
        }
        json.put("public", handler.isPublic());
        payloads(json, manifest);
        json.set("retry_policy", retryPolicy(manifest));
        return json;
    }

    private static @Nullable String handlerType(HandlerDescriptor handler) {
        return switch (handler.kind()) {
            case SERVICE -> null;
            case OBJECT_EXCLUSIVE -> "Exclusive";
            case WORKFLOW_RUN -> "Workflow";
            case OBJECT_SHARED, WORKFLOW_SHARED -> "Shared";
        };
    }

    private static void payloads(ObjectNode json, HandlerManifest manifest) {
        PayloadRules rules = new PayloadRules(manifest);
        json.put("input_description", rules.inputDescription());
        json.put("output_description", rules.outputDescription());
        if (rules.inputSchema() != null) {
            json.set("input_json_schema", JSON.valueToTree(rules.inputSchema()));
        }
        if (rules.outputSchema() != null) {
            json.set("output_json_schema", JSON.valueToTree(rules.outputSchema()));
        }
    }

    private static ObjectNode retryPolicy(HandlerManifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        putMillis(json, "initial_interval", manifest.retryPolicyInitialInterval());
        if (manifest.retryPolicyExponentiationFactor() != null) {
            json.put("exponentiation_factor", manifest.retryPolicyExponentiationFactor());
        }
        Long attempts = manifest.retryPolicyMaxAttempts();
        json.put("max_attempts", attempts == null ? null : Math.max(1, attempts));
        putMillis(json, "max_interval", manifest.retryPolicyMaxInterval());
        if (manifest.retryPolicyOnMaxAttempts() != null) {
            json.put("on_max_attempts", onMaxAttempts(manifest.retryPolicyOnMaxAttempts()));
        }
        return json;
    }

    private static String onMaxAttempts(RetryPolicyOnMaxAttempts what) {
        return switch (what) {
            case PAUSE -> "Pause";
            case KILL -> "Kill";
        };
    }

    private static void describe(
            ObjectNode json, @Nullable String documentation, @Nullable Map<String, String> metadata) {
        if (documentation != null) {
            json.put("documentation", documentation);
        }
        if (metadata != null && !metadata.isEmpty()) {
            json.set("metadata", JSON.valueToTree(metadata));
        }
    }

    private static Duration first(@Nullable Duration changed, @Nullable Long millis, Duration otherwise) {
        if (changed != null) {
            return changed;
        }
        return millis == null ? otherwise : Duration.ofMillis(millis);
    }

    private static void putMillis(ObjectNode json, String name, @Nullable Long millis) {
        if (millis != null) {
            put(json, name, Duration.ofMillis(millis));
        }
    }

    private static void put(ObjectNode json, String name, Duration duration) {
        json.put(name, HumanDuration.format(duration));
    }
}
