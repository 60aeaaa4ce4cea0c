package dev.reprise.interop.sdk;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that serves the contract with our SDK, once for each way in which a server may talk to it. It prints one
 * line {@code <variant> <port>} for each and then {@code ready}. With a port as argument it serves one variant there,
 * {@code RepriseKilled}; with an identity key behind it, to requests signed by that only.
 */
public final class RepriseServices {
    private RepriseServices() {}

    /** Serves until it is killed. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            serveAll();
        } else {
            Endpoint.Builder endpoint = contract("RepriseKilled", null);
            for (String key : List.of(args).subList(1, args.length)) {
                endpoint.identityKey(key);
            }
            listen("RepriseKilled", endpoint, Integer.parseInt(args[0]));
        }
        System.out.println("ready");
    }

    private static void serveAll() throws IOException {
        listen("RepriseStreaming", contract("RepriseStreaming", null), 0);
        listen("RepriseSuspending", contract("RepriseSuspending", Duration.ZERO), 0);
        listen(
                "RepriseRequestResponse",
                contract("RepriseRequestResponse", null).requestResponseOnly(),
                0);
        listen("RepriseV6", contract("RepriseV6", Duration.ZERO).protocolMax(ProtocolVersion.V6), 0);
        listen("RepriseV5", contract("RepriseV5", Duration.ZERO).protocolMax(ProtocolVersion.V5), 0);
        listen("RepriseUpgradeOld", Endpoint.bind(upgrade("old")), 0);
        listen("RepriseUpgradeNew", Endpoint.bind(upgrade("new")), 0);
    }

    private static Endpoint.Builder contract(String variant, @Nullable Duration inactivityTimeout) {
        List<ServiceDefinition> services = new RepriseContract(variant, inactivityTimeout).services();
        Endpoint.Builder endpoint = Endpoint.bind(services.getFirst());
        services.stream().skip(1).forEach(endpoint::bind);
        return endpoint;
    }

    @SuppressWarnings("SystemOut")
    private static void listen(String variant, Endpoint.Builder endpoint, int port) throws IOException {
        System.out.println(variant + " " + endpoint.listen(port).port());
    }

    private static ServiceDefinition upgrade(String version) {
        ReprisePeers peers = new ReprisePeers("RepriseStreaming");
        return ServiceDefinition.service("UpgradeReprise")
                .handler("version", JsonValues.JSON, JsonValues.ANY, (_, _) -> version)
                .handler(
                        "wait",
                        JsonValues.JSON,
                        JsonValues.ANY,
                        (ctx, cell) -> version + ": "
                                + peers.awakeable(ctx, cell.asText()).await())
                .build();
    }
}
