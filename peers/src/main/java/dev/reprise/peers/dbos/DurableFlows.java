package dev.reprise.peers.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The flows as DBOS runs them. */
final class DurableFlows implements Flows {
    static final int STEPS = 10;

    private final DBOS dbos;
    private @Nullable Flows proxy;

    DurableFlows(DBOS dbos) {
        this.dbos = dbos;
    }

    /** What DBOS made of this: only calls of it are durable. */
    void setProxy(Flows made) {
        proxy = made;
    }

    @Override
    @Workflow(name = "noop")
    public long noop(long seed) {
        return seed;
    }

    @Override
    @Workflow(name = "steps")
    public long steps(long seed) {
        long sum = 0;
        for (int i = 0; i < STEPS; i++) {
            long value = seed + i;
            sum += dbos.<Long, RuntimeException>runStep(() -> value, "s");
        }
        return sum;
    }

    /** A flow has no concurrent steps there: concurrency is child flows. */
    @Override
    @Workflow(name = "fanout")
    public long fanout(long seed) {
        Flows flows = Objects.requireNonNull(proxy, "the proxy is set before the first flow");
        List<WorkflowHandle<Long, RuntimeException>> children = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            long value = seed + i;
            children.add(dbos.startWorkflow(() -> flows.noop(value)));
        }
        long sum = 0;
        for (WorkflowHandle<Long, RuntimeException> child : children) {
            sum += child.getResult();
        }
        return sum;
    }
}
