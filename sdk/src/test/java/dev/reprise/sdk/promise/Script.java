package dev.reprise.sdk.promise;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.RestatePromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A journal's notifications, scripted, and the promises that wait for them. Single promises are named by numbers. */
final class Script implements PromiseGraph.Waiting {
    /** The first number that a timer gets. */
    static final int TIMERS = 1_000_000;

    private record Delivery(int id, Result result) {}

    /** The script is over while something is awaited. */
    static final class Waits extends Error {
        private static final long serialVersionUID = 1L;

        private final transient FutureTree tree;

        Waits(FutureTree tree) {
            this.tree = tree;
        }

        FutureTree tree() {
            return tree;
        }
    }

    private final Queue<Delivery> coming = new ArrayDeque<>();
    private int timers = TIMERS;
    private int taken;
    private boolean closed;
    final PromiseGraph graph = new PromiseGraph(this, new OnlyTask());

    /** The promise of notification {@code id}. */
    RestatePromise<String> single(int id) {
        return graph.promise(new CompletionId(id), result -> switch (result) {
            case Result.Value(Bytes content) -> content.utf8();
            case Result other -> throw new IllegalStateException("unreadable: " + other);
        });
    }

    /** The next notification: {@code id} succeeds with the text {@code v<id>}. */
    Script then(int id) {
        coming.add(new Delivery(id, new Result.Value(Bytes.utf8("v" + id))));
        return this;
    }

    /** The next notification: {@code id} fails with the message {@code e<id>}. */
    Script thenFails(int id) {
        coming.add(new Delivery(id, new Result.Failed(new Failure(500, "e" + id))));
        return this;
    }

    /** The next notification: {@code id} succeeds with something its promise cannot read. */
    Script thenUnreadable(int id) {
        coming.add(new Delivery(id, Result.Empty.INSTANCE));
        return this;
    }

    /** How many notifications were taken. */
    int taken() {
        return taken;
    }

    void close() {
        closed = true;
    }

    @Override
    public void checkAccess() {
        if (closed) {
            throw new IllegalStateException("the handler has ended");
        }
    }

    @Override
    public void takeNext() {
        Delivery next = coming.poll();
        if (next == null) {
            throw new Waits(PromiseGraph.treeOf(graph.roots()));
        }
        taken++;
        graph.deliver(new CompletionId(next.id), next.result);
    }

    /** The handler's task, on the thread of the test. */
    private static final class OnlyTask extends Task {
        OnlyTask() {
            super(null);
        }

        @Override
        protected void resume() {
            throw new AssertionError("there is no other task");
        }

        @Override
        protected void pause() {
            throw new AssertionError("there is no other task");
        }
    }

    @Override
    public RestatePromise<?> timer(Duration duration) {
        return graph.promise(new CompletionId(timers++), result -> result);
    }
}
