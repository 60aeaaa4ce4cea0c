package dev.reprise.sdk.handler;

import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.attempt.DropListener;
import dev.reprise.sdk.attempt.DropListener.Dropped;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.promise.Task;
import dev.reprise.sdk.report.LogContext;
import dev.reprise.sdk.report.UserCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The promises that an attempt's tasks have made, with the lines that made them, if there is a listener for dropped
 * ones. Otherwise it keeps nothing. Used by the task that has the baton.
 */
final class MadePromises {
    /** A promise, and what to report if it is dropped. */
    private record Made(RestatePromise<?> promise, Task by, String kind, Object name, String line) {}

    private final PromiseGraph graph;
    private final String handler;
    private final DropListener listener;
    private final boolean isKept;
    private final List<Made> made = new ArrayList<>();

    MadePromises(PromiseGraph graph, String handler, DropListener listener) {
        this.graph = graph;
        this.handler = handler;
        this.listener = listener;
        this.isKept = !listener.equals(DropListener.NONE);
        if (isKept) {
            graph.observeEverything();
        }
    }

    /** A task's code has made a promise, which is returned; called from that code. */
    <P extends RestatePromise<?>> P made(String kind, Object name, P promise) {
        if (isKept) {
            made.add(new Made(promise, graph.current(), kind, name, UserCode.currentLine()));
        }
        return promise;
    }

    /** A branch has ended with a failure, so it could not look at what it had made. */
    void failed(Task branch) {
        made.removeIf(one -> one.by().equals(branch));
    }

    /** The handler has returned a value, and waits for these promises, which nobody has observed. */
    void waitedFor(List<RestatePromise<?>> begun) {
        if (isKept) {
            Set<RestatePromise<?>> all = Set.copyOf(begun);
            tell(one -> all.contains(one.promise()), true);
        }
    }

    /** The handler has returned a value, and waits for nothing more. */
    void returned() {
        tell(one -> !PromiseGraph.isObserved(one.promise()), false);
    }

    private void tell(Predicate<Made> which, boolean isWaitedFor) {
        for (Made one : made) {
            if (which.test(one)) {
                String name = one.name().toString();
                String promise = name.isEmpty() ? one.kind() : one.kind() + " \"" + name + "\"";
                listener.dropped(new Dropped(handler, LogContext.onOneLine(promise), one.line(), isWaitedFor));
            }
        }
    }
}
