package dev.reprise.engine.registry;

import dev.reprise.protocol.id.DeploymentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The deployments and services there are. Any thread; readers never wait. */
public final class Registry {
    private volatile Snapshot snapshot = new Snapshot(new TreeMap<>(), List.of());

    private record Entry(Deployment deployment, ServiceDescriptor service) {}

    /** Both are never changed once they are here. */
    private record Snapshot(TreeMap<String, Entry> services, List<Deployment> deployments) {}

    /** Adds a deployment; its services replace those of the same names for new invocations. */
    public synchronized void register(Deployment deployment) {
        TreeMap<String, Entry> services = new TreeMap<>(snapshot.services());
        for (ServiceDescriptor service : deployment.services()) {
            services.put(service.name(), new Entry(deployment, service));
        }
        List<Deployment> deployments = new ArrayList<>(snapshot.deployments());
        deployments.removeIf(known -> known.id().equals(deployment.id()));
        deployments.add(deployment);
        snapshot = new Snapshot(services, List.copyOf(deployments));
    }

    public Optional<ServiceDescriptor> service(String name) {
        return Optional.ofNullable(snapshot.services().get(name)).map(Entry::service);
    }

    /** The deployment that new invocations of a service go to. */
    public Optional<Deployment> latestDeployment(String service) {
        return Optional.ofNullable(snapshot.services().get(service)).map(Entry::deployment);
    }

    public Optional<Deployment> deployment(DeploymentId id) {
        return snapshot.deployments().stream()
                .filter(known -> known.id().equals(id))
                .findFirst();
    }

    /** All names, in order. */
    public List<String> serviceNames() {
        return List.copyOf(snapshot.services().keySet());
    }
}
