package dev.reprise.sdk.promise;

import dev.reprise.sdk.RestatePromise;
import java.time.Duration;

/**
 * Replaces the handler on a thread that has none: only promises that belong to no handler can be awaited there.
 */
final class NoHandler implements PromiseGraph.Waiting {
    private NoHandler() {}

    /** An empty graph. */
    static PromiseGraph graph() {
        return new PromiseGraph(new NoHandler(), new OnlyTask());
    }

    @Override
    public void checkAccess() {}

    @Override
    public void takeNext() {
        throw new IllegalStateException("this promise never settles, and there is no handler to wait in");
    }

    @Override
    public RestatePromise<?> timer(Duration duration) {
        throw new IllegalStateException("a timeout needs a handler whose journal it is recorded in");
    }

    /** The only task. */
    private static final class OnlyTask extends Task {
        private OnlyTask() {
            super(null);
        }

        @Override
        protected void resume() {
            throw new IllegalStateException("there is no other task");
        }

        @Override
        protected void pause() {
            throw new IllegalStateException("there is no other task");
        }
    }
}
