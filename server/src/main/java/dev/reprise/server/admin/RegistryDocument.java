package dev.reprise.server.admin;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.RegistryStore.State;
import dev.reprise.engine.registry.ServiceChanges;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry, as it is written to a file.
 *
 * @param format raised whenever an older version could not read the document
 * @param checksum of the file, with zeros in its own place
 * @param deployments in the order of their registration
 */
record RegistryDocument(int format, String checksum, List<StoredDeployment> deployments) {
    static final int FORMAT = 2;
    static final String NO_CHECKSUM = "00000000";

    /** A deployment, and its services by name. */
    record StoredDeployment(
            String id,
            URI uri,
            DeploymentEndpoint.HttpVersion httpVersion,
            Map<String, String> additionalHeaders,
            @Nullable String sdkVersion,
            Map<String, String> metadata,
            long createdMillis,
            Map<String, StoredService> services,
            EndpointManifest manifest) {}

    /** What is kept about a service besides its manifest. */
    record StoredService(int revision, @Nullable StoredChanges changes) {}

    /** The options that an operator has changed; durations in the form of ISO 8601. */
    record StoredChanges(
            @Nullable Boolean isPublic,
            @Nullable String inactivityTimeout,
            @Nullable String abortTimeout,
            @Nullable String journalRetention,
            @Nullable String idempotencyRetention,
            @Nullable String workflowRetention) {

        static StoredChanges of(ServiceChanges changes) {
            return new StoredChanges(
                    changes.isPublic(),
                    text(changes.inactivityTimeout()),
                    text(changes.abortTimeout()),
                    text(changes.journalRetention()),
                    text(changes.idempotencyRetention()),
                    text(changes.workflowRetention()));
        }

        ServiceChanges changes() {
            return new ServiceChanges(
                    isPublic,
                    duration(inactivityTimeout),
                    duration(abortTimeout),
                    duration(journalRetention),
                    duration(idempotencyRetention),
                    duration(workflowRetention));
        }

        private static @Nullable String text(@Nullable Duration duration) {
            return duration == null ? null : duration.toString();
        }

        private static @Nullable Duration duration(@Nullable String text) {
            return text == null ? null : Duration.parse(text);
        }
    }

    static RegistryDocument of(State state) {
        return new RegistryDocument(
                FORMAT,
                NO_CHECKSUM,
                state.deployments().stream()
                        .map(deployment -> store(state, deployment))
                        .toList());
    }

    private static StoredDeployment store(State state, Deployment deployment) {
        if (!(deployment.endpoint() instanceof DeploymentEndpoint.Http http)) {
            throw new IllegalArgumentException("Expected a deployment reached over HTTP, found " + deployment.id()
                    + " in this process. Bind its services at each start instead.");
        }
        Map<String, ServiceChanges> changes = state.changes().getOrDefault(deployment.id(), Map.of());
        Map<String, StoredService> services = new LinkedHashMap<>();
        state.revisions().getOrDefault(deployment.id(), Map.of()).forEach((service, revision) -> {
            ServiceChanges changed = changes.get(service);
            services.put(service, new StoredService(revision, changed == null ? null : StoredChanges.of(changed)));
        });
        return new StoredDeployment(
                deployment.id().toString(),
                http.uri(),
                http.version(),
                http.additionalHeaders(),
                deployment.sdkVersion(),
                deployment.metadata(),
                deployment.createdMillis(),
                services,
                deployment.manifest());
    }

    State state() {
        List<Deployment> all = new ArrayList<>();
        Map<DeploymentId, Map<String, Integer>> revisions = new LinkedHashMap<>();
        Map<DeploymentId, Map<String, ServiceChanges>> changes = new LinkedHashMap<>();
        for (StoredDeployment stored : deployments) {
            Deployment deployment = restore(stored);
            all.add(deployment);
            Map<String, Integer> revision = new LinkedHashMap<>();
            Map<String, ServiceChanges> changed = new LinkedHashMap<>();
            stored.services().forEach((name, service) -> {
                revision.put(name, service.revision());
                if (service.changes() != null) {
                    changed.put(name, service.changes().changes());
                }
            });
            revisions.put(deployment.id(), revision);
            if (!changed.isEmpty()) {
                changes.put(deployment.id(), changed);
            }
        }
        return new State(all, revisions, changes);
    }

    private static Deployment restore(StoredDeployment stored) {
        return new Deployment(
                DeploymentId.parse(stored.id()),
                new DeploymentEndpoint.Http(stored.uri(), stored.httpVersion(), stored.additionalHeaders()),
                stored.manifest(),
                stored.sdkVersion(),
                stored.metadata(),
                stored.createdMillis());
    }
}
