package dev.reprise.sdk.promise;

import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.RestatePromise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles when a number of promises have, and knows in which order they did. */
final class CompletionOrder<T extends @Nullable Object> implements Rule.Combining<Completed<T>> {
    private final List<RestatePromise<T>> promises;
    private final int count;
    private final List<RestatePromise<T>> done = new ArrayList<>();
    private final BitSet settled = new BitSet();
    private int goal;

    CompletionOrder(List<? extends RestatePromise<T>> promises, int count) {
        for (int i = 0; i < promises.size(); i++) {
            PromiseNode.requirePromise(promises.get(i), i);
        }
        if (count < 0 || count > promises.size()) {
            throw new IllegalArgumentException(
                    "Expected a count from 0 to the number of promises, " + promises.size() + ", found " + count + ".");
        }
        this.promises = List.copyOf(promises);
        this.count = count;
        this.goal = count;
    }

    /** Waiting is over when this many have settled. */
    void goal(int newGoal) {
        goal = newGoal;
    }

    boolean isReached() {
        return done.size() >= goal;
    }

    /** The promise that settled as number {@code index}, from 0. */
    RestatePromise<T> done(int index) {
        return done.get(index);
    }

    int size() {
        return promises.size();
    }

    @Override
    public @Nullable Outcome<Completed<T>> atFirst(PromiseNode<Completed<T>> self) {
        return count == 0 ? fulfilled() : null;
    }

    @Override
    public @Nullable Outcome<Completed<T>> afterSettling(
            PromiseNode<Completed<T>> self, int index, PromiseNode<?> child) {
        done.add(promises.get(index));
        settled.set(index);
        return done.size() == count ? fulfilled() : null;
    }

    private Outcome<Completed<T>> fulfilled() {
        List<RestatePromise<T>> pending = new ArrayList<>();
        for (int i = settled.nextClearBit(0); i < promises.size(); i = settled.nextClearBit(i + 1)) {
            pending.add(promises.get(i));
        }
        Completed<T> completed = new Completed<>(done, pending);
        return new Outcome.Fulfilled<>(() -> completed);
    }

    @Override
    public boolean isBrokenByOthers() {
        return false;
    }

    @Override
    public String label() {
        if (goal < count) {
            return "as completed";
        }
        return goal > 1 && goal < promises.size() ? "first " + goal + " of " + promises.size() : "";
    }

    @Override
    public Kind kind() {
        return goal == promises.size() ? Kind.ALL_COMPLETED : Kind.FIRST_COMPLETED;
    }
}
