package dev.reprise.testkit;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.Engine.Progress;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.client.WaitingCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wait that nothing in the engine can end. The test may still end it, so it is logged, once for each. Used by one
 * thread.
 */
final class SilentWait {
    private static final Logger LOG = LoggerFactory.getLogger(SilentWait.class);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int INVOCATIONS_MAX = 10;

    private final Reprise reprise;
    private final Consumer<String> warn;
    private @Nullable Progress still;
    private long sinceNanos;
    private boolean told;

    SilentWait(Reprise reprise) {
        this(reprise, LOG::warn);
    }

    SilentWait(Reprise reprise, Consumer<String> warn) {
        this.reprise = reprise;
        this.warn = warn;
    }

    /** The engine stands still, and no timer is left. */
    void at(Progress progress) {
        long now = System.nanoTime();
        if (!progress.equals(still)) {
            still = progress;
            sinceNanos = now;
            told = false;
        } else if (!told && now - sinceNanos >= PATIENCE_NANOS) {
            told = true;
            warn.accept(message());
        }
    }

    private String message() {
        List<String> calls =
                reprise.waitingCalls().stream().map(WaitingCall::description).toList();
        return "the test waits for " + String.join(", ", calls) + ", and nothing is left that happens by itself:"
                + " no handler runs and no timer is set. What stands still: " + String.join("; ", standing())
                + ". If the test does not complete or resume it, the wait never ends.";
    }

    private List<String> standing() {
        List<String> found = new ArrayList<>();
        reprise.engine().commit();
        reprise.engine()
                .views()
                .reads()
                .forEach(reads -> reads.forEachInvocation(invocation -> {
                    if (!(invocation.status() instanceof InvocationStatus.Completed)) {
                        found.add(invocation.id() + " of " + invocation.target() + ' ' + state(invocation));
                    }
                    return found.size() < INVOCATIONS_MAX;
                }));
        return found;
    }

    private static String state(Invocation invocation) {
        return switch (invocation.status()) {
            case InvocationStatus.Suspended(FutureTree awaitingOn, int _) ->
                "waits for " + String.join(", ", awaited(invocation.id(), awaitingOn));
            case InvocationStatus.Paused _ -> "is paused";
            case InvocationStatus.Inboxed _ -> "waits for its object, which another one holds";
            case InvocationStatus.Scheduled _ -> "waits for its time";
            case InvocationStatus.Invoked _, InvocationStatus.Completed _ -> "runs";
        };
    }

    private static Set<String> awaited(InvocationId id, FutureTree tree) {
        Set<String> found = new LinkedHashSet<>();
        tree.forEachLeaf(leaf -> {
            if (!leaf.equals(SignalIndex.CANCEL)) {
                found.add(text(id, leaf));
            }
        });
        return found;
    }

    private static String text(InvocationId id, NotificationId leaf) {
        return switch (leaf) {
            case SignalIndex(int index) -> "awakeable " + new AwakeableId(id, index);
            case SignalName(String name) -> "signal '" + name + "'";
            case CompletionId _ -> "a call, a promise or another command";
        };
    }
}
