package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What one partition's invoker knows, for people to see. The invoker writes, any thread reads; it decides nothing. */
public final class AttemptViews {
    private final ConcurrentHashMap<InvocationId, AttemptView> views = new ConcurrentHashMap<>();

    AttemptViews() {}

    /** What is known of an invocation; empty if it neither runs nor waits to. */
    public Optional<AttemptView> get(InvocationId id) {
        return Optional.ofNullable(views.get(id));
    }

    /** All of them, each as it is when it is come by; in no order. */
    public List<AttemptView> all() {
        return List.copyOf(views.values());
    }

    void queued(InvocationId id) {
        views.put(id, AttemptView.queued(id));
    }

    void started(InvocationId id, DeploymentId deployment, long nowMillis) {
        views.compute(id, (_, view) -> (view == null ? AttemptView.queued(id) : view).started(deployment, nowMillis));
    }

    void failed(InvocationId id, TransientError failure) {
        update(id, view -> view.failed(failure));
    }

    void waits(InvocationId id, long untilMillis) {
        update(id, view -> view.waits(untilMillis));
    }

    /** An open attempt said what it waits for. */
    void awaits(InvocationId id, FutureTree tree) {
        update(id, view -> view.inFlight() ? view.awaits(tree) : view);
    }

    void remove(InvocationId id) {
        views.remove(id);
    }

    void clear() {
        views.clear();
    }

    private void update(InvocationId id, UnaryOperator<AttemptView> change) {
        views.computeIfPresent(id, (_, view) -> change.apply(view));
    }
}
