package dev.reprise.engine.invoker;

import dev.reprise.protocol.id.InvocationId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one partition's invoker knows of its invocations. The invoker writes, any thread may read. */
public final class AttemptViews {
    private final ConcurrentHashMap<InvocationId, AttemptHistory> known = new ConcurrentHashMap<>();

    private final Proposals clock;

    AttemptViews(Proposals clock) {
        this.clock = clock;
    }

    private AttemptView view(AttemptHistory history) {
        return history.view(clock.wallMillis() - clock.steadyMillis());
    }

    /** What is known of an invocation; empty if it neither runs nor waits to. */
    public Optional<AttemptView> get(InvocationId id) {
        return Optional.ofNullable(known.get(id)).map(this::view);
    }

    /** All views, each as it is at the moment it is visited, in the order of their ids. */
    public List<AttemptView> all() {
        return known.values().stream()
                .map(this::view)
                .sorted(Comparator.comparing(AttemptView::invocationId))
                .toList();
    }

    @Nullable
    AttemptHistory history(InvocationId id) {
        return known.get(id);
    }

    void put(AttemptHistory history) {
        known.put(history.attempt().invocationId(), history);
    }

    void remove(InvocationId id) {
        known.remove(id);
    }

    void clear() {
        known.clear();
    }
}
