package dev.reprise.sdk.scenario;

import dev.reprise.sdk.scenario.TurnPromise.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task of the {@link TurnModel}: the handler or a branch. Where it stands is what it does next. */
final class TurnTask {
    /** The order of forking: the handler, then by the place of each below the other. */
    static final Comparator<TurnTask> FORK_ORDER = (one, other) -> {
        for (int i = 0; i < Math.min(one.path.size(), other.path.size()); i++) {
            int difference = Integer.compare(one.path.get(i), other.path.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(one.path.size(), other.path.size());
    };

    final List<Integer> path;

    @Nullable
    TurnTask parent;
    /** Its branches that are alive. */
    final List<TurnTask> branches = new ArrayList<>();
    /** What it has begun that has not settled; kept for branches. */
    final List<TurnPromise> begun = new ArrayList<>();

    private int forked;

    @Nullable
    TurnPromise promise;

    @Nullable
    TurnPromise end;

    @Nullable
    Runnable code;

    boolean hasBegun;
    boolean hasEnded;
    boolean isQueued;
    /** Must leave the await in which it stands. */
    boolean isInterrupted;
    /** For awaits that are still to come. */
    int cancellations;

    boolean wasGivenUp;

    @Nullable
    TurnPromise awaits;

    @Nullable
    Consumer<Ending> goesOn;

    TurnTask(@Nullable TurnTask parent) {
        this.parent = parent;
        if (parent == null) {
            path = List.of();
            hasBegun = true;
        } else {
            path = new ArrayList<>(parent.path);
            path.add(parent.forked++);
            parent.branches.add(this);
        }
    }

    boolean isBranch() {
        return !path.isEmpty();
    }

    /** The branches below it that are alive, each after its own. */
    List<TurnTask> below() {
        List<TurnTask> all = new ArrayList<>();
        for (TurnTask branch : branches.stream().sorted(FORK_ORDER).toList()) {
            all.addAll(branch.below());
            all.add(branch);
        }
        return all;
    }

    /** Its branches go on as those of the task it was a branch of. */
    void end() {
        hasEnded = true;
        if (parent != null) {
            parent.branches.remove(this);
            for (TurnTask branch : branches) {
                branch.parent = parent;
                parent.branches.add(branch);
            }
            branches.clear();
        }
    }

    /** Itself, or who acts for it when it has ended. */
    TurnTask acting() {
        return hasEnded && parent != null ? parent.acting() : this;
    }
}
