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

/** The registered deployments and services. A change counts once it is saved. Any thread; readers never wait. */
public final class Registry {
    private final RegistryStore store;
    private volatile Snapshot snapshot;

    /**
     * What readers see; immutable.
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
            ServiceChanges changes = state.changes()
                    .getOrDefault(deployment, Map.of())
                    .getOrDefault(service.name(), ServiceChanges.NONE);
            return ServiceDescriptor.of(service, deployment, revision, changes);
        }
    }

    /** A registry of what the store has saved. */
    public Registry(RegistryStore store) {
        this.store = store;
        this.snapshot = Snapshot.of(store.load().orElse(State.EMPTY));
    }

    /** A registry with the same content that saves nothing, to see what a change would lead to. */
    public Registry detached() {
        Registry copy = new Registry(RegistryStore.NONE);
        copy.snapshot = snapshot;
        return copy;
    }

    /**
     * Adds a deployment, or replaces the one with the same id. Its services become the newest revisions, and an
     * operator's changes to them no longer apply.
     */
    public synchronized void register(Deployment deployment) {
        Map<String, Integer> revisions = new LinkedHashMap<>();
        for (ServiceManifest service : deployment.manifest().services()) {
            ServiceDescriptor before = snapshot.latest().get(service.name());
            revisions.put(service.name(), before == null ? 1 : before.revision() + 1);
        }
        put(deployment, revisions, Map.of());
    }

    /**
     * Replaces the deployment with the same id by one that serves something else under the same revisions. An
     * operator's changes to its services no longer apply.
     */
    public synchronized void overwrite(Deployment deployment) {
        put(deployment, keptRevisions(deployment), Map.of());
    }

    /**
     * Replaces the deployment with the same id by one that offers the same services at another address or by other
     * means.
     */
    public synchronized void relocate(Deployment deployment) {
        put(deployment, keptRevisions(deployment), snapshot.state().changes().getOrDefault(deployment.id(), Map.of()));
    }

    private Map<String, Integer> keptRevisions(Deployment deployment) {
        Map<String, Integer> known = snapshot.state().revisions().getOrDefault(deployment.id(), Map.of());
        Map<String, Integer> revisions = new LinkedHashMap<>();
        for (ServiceManifest service : deployment.manifest().services()) {
            revisions.put(service.name(), known.getOrDefault(service.name(), 1));
        }
        return revisions;
    }

    private void put(Deployment deployment, Map<String, Integer> revisions, Map<String, ServiceChanges> changes) {
        State state = snapshot.state();
        List<Deployment> deployments = new ArrayList<>(state.deployments());
        int place = indexOf(deployments, deployment.id());
        if (place < 0) {
            deployments.add(deployment);
        } else {
            deployments.set(place, deployment);
        }
        save(new State(
                deployments,
                with(state.revisions(), deployment.id(), revisions),
                with(state.changes(), deployment.id(), changes)));
    }

    private static int indexOf(List<Deployment> deployments, DeploymentId id) {
        for (int i = 0; i < deployments.size(); i++) {
            if (deployments.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static <V> Map<DeploymentId, Map<String, V>> with(
            Map<DeploymentId, Map<String, V>> map, DeploymentId id, Map<String, V> value) {
        Map<DeploymentId, Map<String, V>> changed = new LinkedHashMap<>(map);
        if (value.isEmpty()) {
            changed.remove(id);
        } else {
            changed.put(id, value);
        }
        return changed;
    }

    /** Forgets a deployment; its services fall back to the revision before. False if there is none. */
    public synchronized boolean remove(DeploymentId id) {
        State state = snapshot.state();
        List<Deployment> deployments = new ArrayList<>(state.deployments());
        if (!deployments.removeIf(known -> known.id().equals(id))) {
            return false;
        }
        save(new State(deployments, with(state.revisions(), id, Map.of()), with(state.changes(), id, Map.of())));
        return true;
    }

    /**
     * Sets the operator's changes to the newest revision of a service, in place of earlier ones. False if there is no
     * such service.
     */
    public synchronized boolean change(String service, ServiceChanges changes) {
        State state = snapshot.state();
        ServiceDescriptor latest = snapshot.latest().get(service);
        if (latest == null) {
            return false;
        }
        DeploymentId deployment = latest.deployment();
        Map<String, ServiceChanges> own = new LinkedHashMap<>(state.changes().getOrDefault(deployment, Map.of()));
        own.put(service, changes);
        save(new State(state.deployments(), state.revisions(), with(state.changes(), deployment, own)));
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

    /** The services of a deployment, in its manifest's order; empty if there is no such deployment. */
    public List<ServiceDescriptor> services(DeploymentId deployment) {
        return List.copyOf(
                snapshot.services().getOrDefault(deployment, Map.of()).values());
    }

    /** A deployment's revision of a service. */
    public Optional<ServiceDescriptor> service(DeploymentId deployment, String name) {
        return Optional.ofNullable(
                snapshot.services().getOrDefault(deployment, Map.of()).get(name));
    }

    /** The deployment that gets a service's new invocations. */
    public Optional<Deployment> latestDeployment(String service) {
        Snapshot current = snapshot;
        return Optional.ofNullable(current.latest().get(service))
                .map(ServiceDescriptor::deployment)
                .map(current.deployments()::get);
    }

    public Optional<Deployment> deployment(DeploymentId id) {
        return Optional.ofNullable(snapshot.deployments().get(id));
    }

    /** All deployments, in the order in which they were registered. */
    public List<Deployment> deployments() {
        return snapshot.state().deployments();
    }

    /** The names of all services, in order. */
    public List<String> serviceNames() {
        return List.copyOf(snapshot.latest().keySet());
    }
}
