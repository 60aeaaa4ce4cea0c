package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.embedded.InProcessTransport;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.InvokerMemory;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.Manifests;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.admin.EndpointDiscovery.Discovered;
import dev.reprise.server.config.Address;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine in memory with its admin API and ingress on free ports, services in this process, and a discovery that
 * answers what it is told to.
 */
final class AdminWorld implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** The defaults the original shows. */
    private static final AdminContext.Defaults SHOWN = new AdminContext.Defaults(
            new ServerConfig.Retention(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)),
            new ServerConfig.Invoker(Duration.ofMinutes(1), Duration.ofMinutes(10), 0, 0, InvokerMemory.UNLIMITED),
            new ServerConfig.Retries(
                    Duration.ofMillis(500), 2.0, Duration.ofMinutes(1), 70, ServerConfig.OnMaxAttempts.PAUSE));

    private final Map<URI, EndpointManifest> manifests = new ConcurrentHashMap<>();
    private final List<ServiceDefinition> services = AdminTestServices.all();
    private final Engine engine;
    private final HttpServer admin;
    private final IngressServer ingress;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Registry registry() {
        return engine.registry();
    }

    AdminWorld() throws IOException {
        this(new MemoryLog());
    }

    AdminWorld(Log log) throws IOException {
        EngineConfig config =
                EngineConfig.builder().inactivityTimeout(Duration.ofMillis(1)).build();
        engine = Engine.start(
                config,
                new EngineParts(
                        new Registry(RegistryStore.NONE),
                        log,
                        new MemoryStore(),
                        new InProcessTransport(new InvocationHandler(services)),
                        InstantSource.system(),
                        new SecureRandom()));
        ingress = IngressServer.start(engine, 0, IngressServer.DEFAULT_BODY_BYTES_MAX);
        AdminContext context = new AdminContext(
                engine,
                this::discover,
                SHOWN,
                new AdminContext.Identity("1.2.3", URI.create("http://ingress.test:8080/"), "localcluster", 1),
                InstantSource.system(),
                new SecureRandom());
        admin = HttpServer.start(
                "admin API", new Address("127.0.0.1", 0), new AdminHandler(context, 512L << 20, null), Duration.ZERO);
    }

    private Discovered discover(URI uri, boolean useHttp11, Map<String, String> headers) {
        EndpointManifest manifest = manifests.get(uri);
        if (manifest == null) {
            throw new EndpointDiscovery.Failure("META0003", "nothing is served at " + uri, null);
        }
        HttpVersion version = useHttp11 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2;
        return new Discovered(manifest, "restate-sdk-test/1.0.0", version);
    }

    Invocation invocation(String id) {
        return EngineAnswers.await(engine.views().invocation(InvocationId.parse(id)))
                .orElseThrow();
    }

    URI admin() {
        return URI.create("http://127.0.0.1:" + admin.port());
    }

    URI ingress() {
        return URI.create("http://127.0.0.1:" + ingress.port());
    }

    /** Lets an address answer with a manifest of the test's resources. */
    void serve(String address, String manifest) throws IOException {
        try (InputStream json = Objects.requireNonNull(
                AdminWorld.class.getResourceAsStream("/admin/manifests/" + manifest + ".json"))) {
            manifests.put(URI.create(address), JSON.readValue(json, EndpointManifest.class));
        }
    }

    /** Lets an address answer with the services of this process. */
    void serveServices(String address) {
        manifests.put(URI.create(address), Manifests.of(services, ProtocolMode.BIDI_STREAM));
    }

    HttpResponse<String> send(URI to, String method, String path, String body, boolean isJson)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(DEADLINE);
        if (isJson && !body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Waits until an invocation has a status, named as in SQL; {@code gone} for none. */
    void await(String id, String status) {
        Instant end = Instant.now().plus(DEADLINE);
        String found = status(InvocationId.parse(id));
        while (!found.equals(status)) {
            if (Instant.now().isAfter(end)) {
                fail("expected %s to become %s, it stays %s", id, status, found);
            }
            LockSupport.parkNanos(1_000_000);
            found = status(InvocationId.parse(id));
        }
    }

    private String status(InvocationId id) {
        Invocation invocation =
                EngineAnswers.await(engine.views().invocation(id)).orElse(null);
        return switch (invocation == null ? null : invocation.status()) {
            case null -> "gone";
            case InvocationStatus.Scheduled _ -> "scheduled";
            case InvocationStatus.Inboxed _ -> "pending";
            case InvocationStatus.Invoked _ ->
                engine.views()
                                .attempt(id)
                                .filter(view -> view.nextRetryMillis() > 0)
                                .isPresent()
                        ? "backing-off"
                        : "running";
            case InvocationStatus.Suspended _ -> "suspended";
            case InvocationStatus.Paused _ -> "paused";
            case InvocationStatus.Completed _ -> "completed";
        };
    }

    @Override
    public void close() {
        client.close();
        admin.close();
        ingress.close();
        engine.close();
    }
}
