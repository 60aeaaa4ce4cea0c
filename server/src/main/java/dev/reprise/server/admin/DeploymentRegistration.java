package dev.reprise.server.admin;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.server.admin.EndpointDiscovery.Discovered;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Registers and changes deployments: asks them what they serve, and checks the answer against the rules. Any thread may
 * call it; what it has checked still holds when it registers.
 */
final class DeploymentRegistration {
    private final Registry registry;
    private final AdminContext context;
    private final ReentrantLock changing = new ReentrantLock();

    DeploymentRegistration(AdminContext context) {
        this.registry = context.engine().registry();
        this.context = context;
    }

    /** How a registration ended. */
    enum Outcome {
        CREATED,
        /** The deployment was known, and nothing was changed. */
        UNCHANGED,
        /** The deployment was known, and was registered anew. */
        OVERWRITTEN
    }

    /**
     * A deployment and the registry that contains it.
     *
     * @param registry where it is: a throw-away copy in a dry run
     */
    record Registered(Outcome outcome, Deployment deployment, Registry registry) {}

    /**
     * Registers a deployment.
     *
     * @param force whether to register a deployment anew whose address is known; also allows breaking changes
     */
    Registered register(DeploymentRequests.Register request, boolean force) {
        URI uri = DeploymentRequests.unmasked(request.httpUri(), knownUris());
        Optional<Deployment> known = find(uri);
        Map<String, String> headers =
                request.headers(known.map(DeploymentRegistration::headers).orElse(Map.of()));
        if (known.isPresent() && !force) {
            return new Registered(Outcome.UNCHANGED, known.get(), registry);
        }
        Discovered found = discover(uri, request.useHttp11(), headers);
        RegistrationRules.check(found.manifest());
        Map<String, String> metadata = request.metadata() == null ? Map.of() : request.metadata();
        changing.lock();
        try {
            Optional<Deployment> before = find(uri);
            if (before.isPresent() && !force) {
                return new Registered(Outcome.UNCHANGED, before.get(), registry);
            }
            if (!force && !request.breaking()) {
                RegistrationRules.checkTypes(found.manifest(), registry);
            }
            Registry target = request.dryRun() ? registry.detached() : registry;
            Deployment deployment = new Deployment(
                    before.map(Deployment::id).orElseGet(this::freshId),
                    new DeploymentEndpoint.Http(uri, found.httpVersion(), headers),
                    found.manifest(),
                    found.sdkVersion(),
                    metadata,
                    context.clock().millis());
            target.register(deployment);
            return new Registered(before.isPresent() ? Outcome.OVERWRITTEN : Outcome.CREATED, deployment, target);
        } finally {
            changing.unlock();
        }
    }

    /** Changes where a deployment is and, with {@code overwrite}, what it serves. */
    Registered update(DeploymentId id, DeploymentRequests.Update request) {
        Deployment asked = existing(id);
        if (request.changesNothing()) {
            return new Registered(Outcome.UNCHANGED, asked, registry);
        }
        DeploymentEndpoint.Http http = http(asked);
        URI uri = request.httpUri(http);
        Map<String, String> headers = request.headers(http);
        Discovered found = discover(uri, request.wantsHttp11(http), headers);
        changing.lock();
        try {
            Deployment before = existing(id);
            EndpointManifest manifest = changed(before.manifest(), found.manifest(), request.overwrite());
            Registry target = request.dryRun() ? registry.detached() : registry;
            Deployment deployment = new Deployment(
                    id,
                    new DeploymentEndpoint.Http(uri, found.httpVersion(), headers),
                    manifest,
                    found.sdkVersion(),
                    before.metadata(),
                    before.createdMillis());
            if (request.overwrite()) {
                target.overwrite(deployment);
            } else {
                target.relocate(deployment);
            }
            return new Registered(Outcome.OVERWRITTEN, deployment, target);
        } finally {
            changing.unlock();
        }
    }

    private static EndpointManifest changed(EndpointManifest before, EndpointManifest found, boolean overwrite) {
        if (before.minProtocolVersion() != found.minProtocolVersion()
                || before.maxProtocolVersion() != found.maxProtocolVersion()) {
            throw new AdminException(
                    400,
                    "META0016",
                    "an update deployment operation must provide an endpoint with the same services and handlers."
                            + " The update tried to change the supported protocol versions from " + versions(before)
                            + " to " + versions(found));
        }
        if (overwrite) {
            RegistrationRules.check(found);
            return found;
        }
        return new EndpointManifest(
                found.protocolMode(),
                before.minProtocolVersion(),
                before.maxProtocolVersion(),
                before.services(),
                found.lambdaCompression());
    }

    private static String versions(EndpointManifest manifest) {
        return manifest.minProtocolVersion() + "..=" + manifest.maxProtocolVersion();
    }

    /** Forgets a deployment; returns false if there is none. */
    boolean remove(DeploymentId id) {
        changing.lock();
        try {
            return registry.remove(id);
        } finally {
            changing.unlock();
        }
    }

    private Deployment existing(DeploymentId id) {
        return registry.deployment(id).orElseThrow(() -> AdminException.missing("deployment", id.toString()));
    }

    private static DeploymentEndpoint.Http http(Deployment deployment) {
        if (deployment.endpoint() instanceof DeploymentEndpoint.Http http) {
            return http;
        }
        throw new AdminException(400, "cannot update the deployment, as it is served by this process itself");
    }

    private Discovered discover(URI uri, boolean useHttp11, Map<String, String> headers) {
        try {
            return context.discovery().discover(uri, useHttp11, headers);
        } catch (EndpointDiscovery.Failure e) {
            throw AdminException.undiscovered(e);
        }
    }

    private Stream<URI> knownUris() {
        return registry.deployments().stream()
                .map(Deployment::endpoint)
                .filter(DeploymentEndpoint.Http.class::isInstance)
                .map(endpoint -> ((DeploymentEndpoint.Http) endpoint).uri());
    }

    private static Map<String, String> headers(Deployment deployment) {
        return deployment.endpoint() instanceof DeploymentEndpoint.Http http ? http.additionalHeaders() : Map.of();
    }

    /** The newest deployment with the same host, port and path; scheme and query are ignored. */
    private Optional<Deployment> find(URI uri) {
        return registry.deployments().stream()
                .filter(known -> known.endpoint() instanceof DeploymentEndpoint.Http http && isSame(http.uri(), uri))
                .max(Comparator.comparingLong(Deployment::createdMillis));
    }

    private static boolean isSame(URI a, URI b) {
        return a.getRawAuthority().equalsIgnoreCase(b.getRawAuthority())
                && a.getRawPath().equals(b.getRawPath());
    }

    private DeploymentId freshId() {
        return DeploymentId.fresh(
                context.clock().millis(),
                context.random().nextLong(),
                context.random().nextLong());
    }
}
