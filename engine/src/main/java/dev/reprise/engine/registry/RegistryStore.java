package dev.reprise.engine.registry;

import dev.reprise.protocol.id.DeploymentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps registrations beyond the end of the process. Called by one thread at a time. */
public interface RegistryStore {
    /**
     * Everything that is registered.
     *
     * @param deployments in the order in which they were registered
     * @param revisions the revision of each service of each deployment
     * @param changes an operator's changes to each service of each deployment; a service without an entry is unchanged
     */
    record State(
            List<Deployment> deployments,
            Map<DeploymentId, Map<String, Integer>> revisions,
            Map<DeploymentId, Map<String, ServiceChanges>> changes) {
        /** Nothing registered. */
        public static final State EMPTY = new State(List.of(), Map.of(), Map.of());
    }

    /** The state that was saved last; empty if there is none. */
    Optional<State> load();

    /** Saves a state durably, in place of the one before; all of it or nothing. */
    void save(State state);

    /** Keeps nothing: for an engine whose services are bound at each start. */
    RegistryStore NONE = new RegistryStore() {
        @Override
        public Optional<State> load() {
            return Optional.empty();
        }

        @Override
        public void save(State state) {}
    };
}
