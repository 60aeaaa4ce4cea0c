package dev.reprise.interop.harness;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one original server, the one server of ours and the service processes that all scenarios share. They start with
 * the first scenario and end with this JVM.
 */
public final class Lab {
    private final Map<ServerKind, Server> servers;
    private final Map<ServerKind, Server> withScopes = new ConcurrentHashMap<>();
    private final Map<String, URI> endpoints = new TreeMap<>();

    private Lab() {
        NodeModules.folder();
        Map<Sdk, Services> services = Parallel.forAll(List.of(Sdk.values()), Services::start);
        services.values().forEach(process -> endpoints.putAll(process.addresses()));
        servers = Parallel.forAll(List.of(ServerKind.values()), this::startServer);
    }

    private static final class Shared {
        private static final Lab LAB = new Lab();
    }

    /** The lab of this JVM. */
    public static Lab shared() {
        return Shared.LAB;
    }

    public Server server(ServerKind kind) {
        Server server = servers.get(kind);
        if (server == null) {
            throw new IllegalStateException("no server " + kind);
        }
        return server;
    }

    /** One that knows scopes. The original does so only when told at its first start; ours always. */
    Server serverWithScopes(ServerKind kind) {
        return kind.isOriginal() ? withScopes.computeIfAbsent(kind, this::startWithScopes) : server(kind);
    }

    private Server startWithScopes(ServerKind kind) {
        Server server = Server.start(kind, Map.of("RESTATE_EXPERIMENTAL_ENABLE_VQUEUES", "true"));
        server.register(endpoint(Subject.TS_STREAMING.variant()), false);
        return server;
    }

    /** A new one, with the services of one subject. */
    Server serverAlone(ServerKind kind, Subject subject) {
        Server server = Server.start(kind);
        server.register(endpoint(subject.variant()), subject.variant().endsWith("RequestResponse"));
        return server;
    }

    /** Where the services of a variant listen. */
    public URI endpoint(String variant) {
        URI uri = endpoints.get(variant);
        if (uri == null) {
            throw new IllegalStateException("no variant " + variant + "; there are " + endpoints.keySet());
        }
        return uri;
    }

    private Server startServer(ServerKind kind) {
        Server server = Server.start(kind);
        Arrays.stream(Subject.values())
                .map(Subject::variant)
                .forEach(variant -> server.register(endpoint(variant), variant.endsWith("RequestResponse")));
        return server;
    }
}
