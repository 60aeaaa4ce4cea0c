package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.server.admin.DeploymentRegistration.Registered;
import dev.reprise.server.config.Secrets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Deployments: registers, lists, changes and removes them. */
final class DeploymentsResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT);

    private final Registry registry;
    private final DeploymentRegistration registration;
    private final ServiceJson services;

    DeploymentsResource(AdminContext context, ServiceJson services) {
        this.registry = context.engine().registry();
        this.registration = new DeploymentRegistration(context);
        this.services = services;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/deployments", "list_deployments", _ -> list());
        routes.add("POST", "/deployments", "create_deployment", this::register);
        routes.add("GET", "/deployments/{deployment}", "get_deployment", request -> get(request.deploymentId()));
        routes.add("DELETE", "/deployments/{deployment}", "delete_deployment", this::remove);
        routes.add("PATCH", "/deployments/{deployment}", "update_deployment", this::update);
        routes.addUnlisted("PUT", "/deployments/{deployment}", this::put);
    }

    private AdminAnswer list() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("deployments");
        for (Deployment deployment : registry.deployments()) {
            ObjectNode one = deployment(deployment);
            ArrayNode revisions = one.putArray("services");
            for (ServiceDescriptor service : registry.services(deployment.id())) {
                revisions.addObject().put("name", service.name()).put("revision", service.revision());
            }
            all.add(one);
        }
        return AdminAnswer.json(200, json);
    }

    private AdminAnswer get(DeploymentId id) {
        Deployment deployment =
                registry.deployment(id).orElseThrow(() -> AdminException.missing("deployment", id.toString()));
        return detailed(deployment, registry);
    }

    private AdminAnswer register(AdminRequest request) {
        DeploymentRequests.Register asked = request.body(DeploymentRequests.Register.class);
        // Versions before 3 force unless told otherwise.
        boolean force = asked.force() == null ? !request.speaks(3) : asked.force();
        Registered registered = registration.register(asked, force);
        Deployment deployment = registered.deployment();
        int status = switch (registered.outcome()) {
            case CREATED -> 201;
            case OVERWRITTEN -> request.speaks(3) ? 200 : 201;
            case UNCHANGED -> {
                if (!request.speaks(3)) {
                    throw new AdminException(409, "Conflict: deployment " + deployment.id() + " already exists");
                }
                yield 200;
            }
        };
        ObjectNode json = JSON.createObjectNode();
        json.put("id", deployment.id().toString());
        json.set("services", served(deployment, registered.registry()));
        protocol(json, deployment);
        return AdminAnswer.json(status, json).with("location", "deployments/" + deployment.id());
    }

    private AdminAnswer update(AdminRequest request) {
        Registered updated = registration.update(request.deploymentId(), request.body(DeploymentRequests.Update.class));
        return detailed(updated.deployment(), updated.registry());
    }

    private AdminAnswer put(AdminRequest request) {
        if (request.speaks(3)) {
            throw new AdminException(405, "PUT deployment is deprecated, use PATCH instead");
        }
        return update(request);
    }

    private AdminAnswer remove(AdminRequest request) {
        DeploymentId id = request.deploymentId();
        if (!request.flag("force")) {
            return AdminAnswer.empty(501);
        }
        if (!registration.remove(id)) {
            throw AdminException.notRegistered("deployment with id '" + id + "'");
        }
        return AdminAnswer.empty(202);
    }

    private AdminAnswer detailed(Deployment deployment, Registry from) {
        ObjectNode json = deployment(deployment);
        json.set("services", served(deployment, from));
        return AdminAnswer.json(200, json);
    }

    private ArrayNode served(Deployment deployment, Registry from) {
        return services.over(from).services(from.services(deployment.id()));
    }

    private static ObjectNode deployment(Deployment deployment) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", deployment.id().toString());
        boolean isRequestResponse = deployment.manifest().protocolMode() == ProtocolMode.REQUEST_RESPONSE;
        switch (deployment.endpoint()) {
            case DeploymentEndpoint.Http http -> {
                json.put("uri", Secrets.shown(http.uri()));
                json.put("protocol_type", isRequestResponse ? "RequestResponse" : "BidiStream");
                json.put("http_version", http.version() == HttpVersion.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
                if (!http.additionalHeaders().isEmpty()) {
                    json.set("additional_headers", JSON.valueToTree(Secrets.shown(http.additionalHeaders())));
                }
            }
            case DeploymentEndpoint.InProcess _ -> {
                json.put("uri", "in-process:/");
                json.put("protocol_type", "BidiStream");
                json.put("http_version", "HTTP/2.0");
            }
        }
        if (!deployment.metadata().isEmpty()) {
            json.set("metadata", JSON.valueToTree(deployment.metadata()));
        }
        json.put(
                "created_at",
                TIME.format(Instant.ofEpochMilli(deployment.createdMillis()).atOffset(ZoneOffset.UTC)));
        protocol(json, deployment);
        return json;
    }

    private static void protocol(ObjectNode json, Deployment deployment) {
        json.put("min_protocol_version", deployment.manifest().minProtocolVersion());
        json.put("max_protocol_version", deployment.manifest().maxProtocolVersion());
        if (deployment.sdkVersion() != null) {
            json.put("sdk_version", deployment.sdkVersion());
        }
    }
}
