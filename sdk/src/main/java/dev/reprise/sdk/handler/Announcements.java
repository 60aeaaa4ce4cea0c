package dev.reprise.sdk.handler;

import dev.reprise.protocol.Awaited;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.List;
import java.util.Optional;

/**
 * Tells the engine what an attempt's tasks wait for: once for the same promises, and not while results of runs are
 * still to come, because then the engine knows. The description for people is sent even then, but only for the first
 * waits of an attempt: it travels with what is sent anyway.
 */
final class Announcements {
    /** As many as the engine keeps. */
    private static final int DESCRIBED_MAX = 50;

    /**
     * With more tasks than this, not every step is announced: each announcement would repeat what all of them wait for.
     */
    private static final int TASKS_FEW = 16;

    private final InvocationStateMachine machine;
    private final PromiseGraph graph;
    private List<RestatePromise<?>> announced = List.of();
    private int described;

    Announcements(InvocationStateMachine machine, PromiseGraph graph) {
        this.machine = machine;
        this.graph = graph;
    }

    /**
     * Whether to announce {@code roots}.
     *
     * @param executing whether runs execute
     * @param busy whether runs are executing, or their results are not yet stored; those come soon
     */
    boolean areDue(List<RestatePromise<?>> roots, boolean executing, boolean busy) {
        return machine.isReplaying()
                || !announced.equals(roots) && (!busy || executing && roots.size() <= TASKS_FEW && mayDescribe());
    }

    /** Whether there are so many that it is better to check first whether something arrives. */
    static boolean areMany(List<RestatePromise<?>> roots) {
        return roots.size() > TASKS_FEW;
    }

    private boolean mayDescribe() {
        return described < DESCRIBED_MAX && machine.tellsWhatItAwaits();
    }

    /** Announces what has not been announced yet; while {@code busy}, only what can be described. */
    void tell(List<RestatePromise<?>> roots, Cancellation cancellation, boolean busy, boolean executing) {
        if (!machine.isReplaying() && announced.equals(roots)) {
            return;
        }
        Optional<Awaited> description = mayDescribe() ? graph.describeWaits() : Optional.empty();
        if (description.isPresent()) {
            described++;
        }
        if (!busy || machine.isReplaying() || description.isPresent()) {
            machine.awaitingOn(cancellation.treeOf(roots), executing, description.orElse(null));
        }
        announced = roots;
    }
}
