package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineHealth;
import dev.reprise.engine.call.EngineException;
import dev.reprise.server.config.CompatibleWith;
import dev.reprise.server.config.Secrets;
import java.util.List;

/** Health and version of the server, and the document of its admin API. */
final class SystemResource {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Engine engine;
    private final AdminContext.Identity identity;
    private final Routes routes;

    SystemResource(Engine engine, AdminContext.Identity identity, Routes routes) {
        this.engine = engine;
        this.identity = identity;
        this.routes = routes;
    }

    void addTo(Routes all) {
        all.add("GET", "/health", "health", _ -> health());
        all.add("GET", "/version", "version", _ -> AdminAnswer.json(200, version()));
        all.add("GET", "/cluster-health", "cluster_health", _ -> AdminAnswer.json(200, clusterHealth()));
        for (String path : List.of("/", "/ui", "/ui/")) {
            all.addUnlisted("GET", path, _ -> AdminAnswer.text(200, welcome()));
        }
        all.addUnlisted("GET", "/openapi", _ -> AdminAnswer.json(200, AdminOpenApi.of(routes, identity.version())));
    }

    /** For browsers. */
    private String welcome() {
        return """
                Reprise %s: the admin API. The web page is switched off (admin.disable-web-ui).

                GET  /openapi       what this API can do
                GET  /deployments   where handlers run; POST {"uri": "http://host:9080"} to add a deployment
                GET  /services      the services that can be called
                POST /query         {"query": "SELECT id, target, status FROM sys_invocation"}
                GET  /health        200 when all is well

                Services are called at the ingress, %s. Restate's command line works with this server: restate --help
                """.formatted(
                        identity.version(),
                        identity.ingress() == null ? "which is none here" : Secrets.shown(identity.ingress()));
    }

    private AdminAnswer health() {
        EngineHealth health = engine.health();
        return health.isWell()
                ? AdminAnswer.empty(200)
                : AdminAnswer.error(EngineException.UNAVAILABLE, health.complaint(), null);
    }

    private ObjectNode version() {
        ObjectNode json = JSON.objectNode();
        // Clients of the original compare this with the versions that introduced its features.
        json.put("version", CompatibleWith.RESTATE);
        json.put("reprise_version", identity.version());
        json.put("min_admin_api_version", AdminHandler.VERSION_MIN);
        json.put("max_admin_api_version", AdminHandler.VERSION_MAX);
        if (identity.ingress() != null) {
            json.put("ingress_endpoint", Secrets.shown(identity.ingress()));
        }
        // The features that these enable in the original are always enabled here.
        json.putObject("features").put("protocol_v7", true);
        return json;
    }

    private ObjectNode clusterHealth() {
        ObjectNode json = JSON.objectNode();
        json.put("cluster_name", identity.cluster());
        json.putObject("metadata_cluster_health").putArray("members").add(identity.node());
        return json;
    }
}
