package dev.reprise.server.admin;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.DeploymentId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Values in a form that people can read: for a UI, the SDK of a service converts them to JSON and back. */
final class SerdesResource {
    private static final String PATH = "/internal/services/{service}/serdes/";

    private final Registry registry;
    private final EndpointDiscovery deployments;

    SerdesResource(Registry registry, EndpointDiscovery deployments) {
        this.registry = registry;
        this.deployments = deployments;
    }

    void addTo(Routes routes) {
        for (String verb : new String[] {"encode", "decode"}) {
            boolean toBytes = verb.equals("encode");
            routes.addUnlisted("POST", PATH + verb + "/{serde}", request -> convert(request, toBytes));
            // The serde of a handler's input or output.
            routes.addUnlisted("POST", PATH + verb + "/{serde}/{part}", request -> convert(request, toBytes));
        }
    }

    private AdminAnswer convert(AdminRequest request, boolean toBytes) {
        String service = request.parameter("service");
        Deployment deployment = deployment(request, service);
        if (!(deployment.endpoint() instanceof DeploymentEndpoint.Http at)) {
            throw new AdminException(
                    500, "The service '" + service + "' is served by this process, which converts nothing.");
        }
        String part = request.parameters().get("part");
        String serde = encoded(request.parameter("serde")) + (part == null ? "" : "/" + encoded(part));
        try {
            Bytes converted = deployments.convert(at, encoded(service), serde, toBytes, request.content());
            return AdminAnswer.bytes(200, toBytes ? "application/octet-stream" : "application/json", converted);
        } catch (EndpointDiscovery.Failure e) {
            throw AdminException.undiscovered(e);
        }
    }

    /** The requested revision, otherwise the newest one of the service. */
    private Deployment deployment(AdminRequest request, String service) {
        Optional<String> asked = request.queryParameter("deployment");
        if (asked.isEmpty()) {
            return registry.latestDeployment(service).orElseThrow(() -> AdminException.missing("service", service));
        }
        try {
            return registry.deployment(DeploymentId.parse(asked.get()))
                    .orElseThrow(() -> AdminException.missing("deployment", asked.get()));
        } catch (ProtocolException _) {
            throw AdminException.invalidQuery("deployment: bad format");
        }
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
