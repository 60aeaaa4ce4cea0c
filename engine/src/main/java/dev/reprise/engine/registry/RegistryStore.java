package dev.reprise.engine.registry;

import dev.reprise.protocol.id.DeploymentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is registered beyond the end of the process. Called by one thread at a time. */
public interface RegistryStore {
    /**
     * All that is registered.
     *
     * @param deployments in the order they came
     * @param revisions the revision of each service of each deployment
     * @param changes what an operator changed of each service of each deployment; what is not there is unchanged
     */
    record State(
            List<Deployment> deployments,
            Map<DeploymentId, Map<String, Integer>> revisions,
            Map<DeploymentId, Map<String, ServiceChanges>> changes) {
        /** Nothing registered. */
        public static final State EMPTY = new State(List.of(), Map.of(), Map.of());
    }

    /** What was saved last; empty if nothing was. */
    Optional<State> load();

    /** Saves it durably, in place of what was saved before; all of it or nothing. */
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
