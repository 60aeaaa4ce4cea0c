package dev.reprise.sdk.promise;

import dev.reprise.sdk.Branch;
import org.jspecify.annotations.Nullable;

/** The promise of a branch's result. */
public final class PendingBranch<T extends @Nullable Object> extends PromiseNode<T> implements Branch<T> {
    private final String name;

    PendingBranch(PromiseGraph graph, Task task, String name, Runnable abandonment) {
        super(graph, new Rule.OfTask<>(task), graph.current(), abandonment);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }
}
