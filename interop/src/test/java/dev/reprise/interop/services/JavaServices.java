package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.restate.sdk.Context;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.sdk.http.vertx.HttpEndpointRequestHandler;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that serves the contract with the official Java SDK, once for each way in which a server may talk to it.
 * It prints one line {@code <variant> <port>} for each and then {@code ready}.
 */
public final class JavaServices {
    private JavaServices() {}

    /** Serves until it is killed. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        contract("JavaStreaming", null, true);
        contract("JavaSuspending", Duration.ZERO, true);
        contract("JavaRequestResponse", null, false);
        listen("JavaUpgradeOld", List.of(upgrade("old")), true);
        listen("JavaUpgradeNew", List.of(upgrade("new")), true);
        System.out.println("ready");
    }

    private static void contract(String variant, @Nullable Duration inactivityTimeout, boolean streaming) {
        listen(variant, new Contract(variant, inactivityTimeout).services(), streaming);
    }

    @SuppressWarnings("SystemOut")
    private static void listen(String variant, List<ServiceDefinition> services, boolean streaming) {
        Endpoint.Builder endpoint = Endpoint.builder();
        services.forEach(endpoint::bind);
        var handler = HttpEndpointRequestHandler.fromEndpoint(endpoint.build(), !streaming);
        System.out.println(variant + " " + RestateHttpServer.listen(handler, 0));
    }

    private static ServiceDefinition upgrade(String version) {
        Peers peers = new Peers("JavaStreaming");
        return new Handlers()
                .shared("version", (Context _, JsonNode _) -> version)
                .shared(
                        "wait",
                        (Context ctx, JsonNode cell) -> version + ": "
                                + peers.awakeable(ctx, cell.asText()).await())
                .as("UpgradeJava", ServiceType.SERVICE);
    }
}
