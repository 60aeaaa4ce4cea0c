package dev.reprise.server.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceChanges;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.server.config.HumanDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The newest revision of every service, which operators can see and change. */
final class ServicesResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registry registry;
    private final ServiceJson json;
    private final AdminContext.Identity identity;

    ServicesResource(Registry registry, ServiceJson json, AdminContext.Identity identity) {
        this.registry = registry;
        this.json = json;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/services", "list_services", _ -> list());
        routes.add("GET", "/services/{service}", "get_service", request -> show(service(request)));
        routes.add("PATCH", "/services/{service}", "modify_service", this::modify);
        routes.add("GET", "/services/{service}/openapi", "get_service_openapi", this::openApi);
        routes.add("GET", "/services/{service}/handlers", "list_service_handlers", this::handlers);
        routes.add("GET", "/services/{service}/handlers/{handler}", "get_service_handler", this::handler);
    }

    /**
     * The changes by an operator; null leaves a value as it is. Durations in a form that {@link HumanDuration} reads.
     */
    record Changes(
            @JsonProperty("public") @Nullable Boolean isPublic,
            @Nullable String idempotencyRetention,
            @Nullable String workflowCompletionRetention,
            @Nullable String journalRetention,
            @Nullable String inactivityTimeout,
            @Nullable String abortTimeout) {
        private static final Changes NONE = new Changes(null, null, null, null, null, null);

        ServiceChanges over(ServiceChanges before) {
            return new ServiceChanges(
                    isPublic == null ? before.isPublic() : isPublic,
                    duration("inactivity_timeout", inactivityTimeout, before.inactivityTimeout()),
                    duration("abort_timeout", abortTimeout, before.abortTimeout()),
                    duration("journal_retention", journalRetention, before.journalRetention()),
                    duration("idempotency_retention", idempotencyRetention, before.idempotencyRetention()),
                    duration("workflow_completion_retention", workflowCompletionRetention, before.workflowRetention()));
        }

        private static @Nullable Duration duration(String field, @Nullable String text, @Nullable Duration before) {
            try {
                return text == null ? before : HumanDuration.parse(text);
            } catch (IllegalArgumentException e) {
                throw AdminRequest.unfitting(field + ": " + e.getMessage());
            }
        }
    }

    private AdminAnswer list() {
        ObjectNode all = JSON.createObjectNode();
        all.set("services", json.services(registry.services()));
        return AdminAnswer.json(200, all);
    }

    private AdminAnswer show(ServiceDescriptor service) {
        return AdminAnswer.json(200, json.service(service));
    }

    private ServiceDescriptor service(AdminRequest request) {
        String name = request.parameter("service");
        return registry.service(name).orElseThrow(() -> AdminException.missing("service", name));
    }

    private AdminAnswer handlers(AdminRequest request) {
        ObjectNode all = JSON.createObjectNode();
        all.set("handlers", json.handlers(service(request)));
        return AdminAnswer.json(200, all);
    }

    private AdminAnswer handler(AdminRequest request) {
        String name = request.parameter("service");
        String handlerName = request.parameter("handler");
        ServiceDescriptor service = registry.service(name).orElse(null);
        HandlerDescriptor handler =
                service == null ? null : service.handler(handlerName).orElse(null);
        if (service == null || handler == null) {
            throw new AdminException(
                    404, "The requested handler '" + handlerName + "' on service '" + name + "' does not exist");
        }
        return AdminAnswer.json(200, json.handler(service, handler));
    }

    private AdminAnswer openApi(AdminRequest request) {
        return AdminAnswer.json(200, ServiceOpenApi.of(service(request), identity.ingress()));
    }

    private synchronized AdminAnswer modify(AdminRequest request) {
        Changes changes = request.body(Changes.class);
        if (changes.equals(Changes.NONE)) {
            return show(service(request));
        }
        String name = request.parameter("service");
        ServiceDescriptor service = registry.service(name)
                .orElseThrow(() -> AdminException.notRegistered("service with name '" + name + "'"));
        ServiceType type = service.manifest().ty();
        if (changes.workflowCompletionRetention() != null && type != ServiceType.WORKFLOW) {
            throw new AdminException(
                    400, "modifying retention time for service type " + ServiceJson.typeName(type) + " is unsupported");
        }
        registry.change(name, changes.over(service.changes()));
        return show(service(request));
    }
}
