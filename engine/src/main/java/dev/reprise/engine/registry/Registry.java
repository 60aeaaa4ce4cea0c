package dev.reprise.engine.registry;

import dev.reprise.engine.registry.RegistryStore.State;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The deployments and services there are. A change counts once it is saved. Any thread; readers never wait.
 */
public final class Registry {
    private final RegistryStore store;
    private volatile Snapshot snapshot;

    /**
     * What readers see; never changed.
     *
     * @param state what is saved
     * @param deployments by id
     * @param services every revision by its deployment and name
     * @param latest the newest revision of each service, by name
     */
    private record Snapshot(
            State state,
            Map<DeploymentId, Deployment> deployments,
            Map<DeploymentId, Map<String, ServiceDescriptor>> services,
            TreeMap<String, ServiceDescriptor> latest) {

        static Snapshot of(State state) {
            Map<DeploymentId, Deployment> deployments = new LinkedHashMap<>();
            Map<DeploymentId, Map<String, ServiceDescriptor>> services = new LinkedHashMap<>();
            TreeMap<String, ServiceDescriptor> latest = new TreeMap<>();
            for (Deployment deployment : state.deployments()) {
                deployments.put(deployment.id(), deployment);
                Map<String, ServiceDescriptor> served = new LinkedHashMap<>();
                for (ServiceManifest service : deployment.manifest().services()) {
                    ServiceDescriptor descriptor = describe(state, deployment.id(), service);
                    served.put(service.name(), descriptor);
                    latest.merge(service.name(), descriptor, (a, b) -> a.revision() > b.revision() ? a : b);
                }
                services.put(deployment.id(), served);
            }
            return new Snapshot(state, deployments, services, latest);
        }

        private static ServiceDescriptor describe(State state, DeploymentId deployment, ServiceManifest service) {
            int revision = state.revisions().getOrDefault(deployment, Map.of()).getOrDefault(service.name(), 1);
            ServiceChanges changes = state.changes().getOrDefault(service.name(), ServiceChanges.NONE);
            return ServiceDescriptor.of(service, deployment, revision, changes);
        }
    }

    /** A registry of what a store has saved. */
    public Registry(RegistryStore store) {
        this.store = store;
        this.snapshot = Snapshot.of(store.load().orElse(State.EMPTY));
    }

    /**
     * Adds a deployment; its services replace those of the same names for new invocations. One with the same id is
     * replaced, and its services keep their revisions.
     */
    public synchronized void register(Deployment deployment) {
        State state = snapshot.state();
        List<Deployment> deployments = new ArrayList<>(state.deployments());
        deployments.removeIf(known -> known.id().equals(deployment.id()));
        deployments.add(deployment);
        Map<String, Integer> known = state.revisions().getOrDefault(deployment.id(), Map.of());
        Map<String, Integer> revisions = new LinkedHashMap<>();
        for (ServiceManifest service : deployment.manifest().services()) {
            ServiceDescriptor before = snapshot.latest().get(service.name());
            Integer own = known.get(service.name());
            revisions.put(service.name(), own != null ? own : before == null ? 1 : before.revision() + 1);
        }
        Map<DeploymentId, Map<String, Integer>> all = new LinkedHashMap<>(state.revisions());
        all.put(deployment.id(), revisions);
        save(new State(deployments, all, state.changes()));
    }

    /** Forgets a deployment; its services fall back to the revision before. False if there is none. */
    public synchronized boolean remove(DeploymentId id) {
        State state = snapshot.state();
        List<Deployment> deployments = new ArrayList<>(state.deployments());
        if (!deployments.removeIf(known -> known.id().equals(id))) {
            return false;
        }
        Map<DeploymentId, Map<String, Integer>> revisions = new LinkedHashMap<>(state.revisions());
        revisions.remove(id);
        save(new State(deployments, revisions, state.changes()));
        return true;
    }

    /** Sets what an operator changed of a service, in place of earlier changes. False if there is no such service. */
    public synchronized boolean change(String service, ServiceChanges changes) {
        State state = snapshot.state();
        if (!snapshot.latest().containsKey(service)) {
            return false;
        }
        Map<String, ServiceChanges> all = new LinkedHashMap<>(state.changes());
        all.put(service, changes);
        save(new State(state.deployments(), state.revisions(), all));
        return true;
    }

    private void save(State state) {
        Snapshot next = Snapshot.of(state);
        store.save(state);
        snapshot = next;
    }

    /** The newest revision of a service. */
    public Optional<ServiceDescriptor> service(String name) {
        return Optional.ofNullable(snapshot.latest().get(name));
    }

    /** The newest revision of every service, in the order of their names. */
    public List<ServiceDescriptor> services() {
        return List.copyOf(snapshot.latest().values());
    }

    /** A deployment's revision of a service. */
    public Optional<ServiceDescriptor> service(DeploymentId deployment, String name) {
        return Optional.ofNullable(
                snapshot.services().getOrDefault(deployment, Map.of()).get(name));
    }

    /** The deployment that new invocations of a service go to. */
    public Optional<Deployment> latestDeployment(String service) {
        Snapshot current = snapshot;
        return Optional.ofNullable(current.latest().get(service))
                .map(ServiceDescriptor::deployment)
                .map(current.deployments()::get);
    }

    public Optional<Deployment> deployment(DeploymentId id) {
        return Optional.ofNullable(snapshot.deployments().get(id));
    }

    /** All of them, in the order they were registered. */
    public List<Deployment> deployments() {
        return snapshot.state().deployments();
    }

    /** All names, in order. */
    public List<String> serviceNames() {
        return List.copyOf(snapshot.latest().keySet());
    }
}
