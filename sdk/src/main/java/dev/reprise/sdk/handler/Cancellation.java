package dev.reprise.sdk.handler;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cancel signal does: the calls that the handler has made since the last one are cancelled, for which their ids
 * must be known, and then the await that took the signal throws. Source: implicit cancellation of Restate's SDKs.
 */
final class Cancellation {
    private final HandlerThread thread;
    private final Map<CompletionId, RestatePromise<String>> invocationIds = new HashMap<>();
    private int pending;
    private boolean underWay;

    Cancellation(HandlerThread thread) {
        this.thread = thread;
    }

    /** A call was made; its invocation's id is to come. */
    void track(CompletionId call, RestatePromise<String> invocationId) {
        invocationIds.put(call, invocationId);
    }

    /** A cancel signal was taken. */
    void received() {
        pending++;
    }

    /** Cancels the calls and throws, if a signal was taken. Those that come meanwhile are for the next awaits, one each. */
    void throwIfDue() {
        if (pending == 0 || underWay) {
            return;
        }
        pending--;
        underWay = true;
        try {
            cancelCalls();
        } finally {
            underWay = false;
        }
        throw new CancelledException();
    }

    private void cancelCalls() {
        List<String> targets = new ArrayList<>();
        for (CompletionId call : thread.issue(InvocationStateMachine::takeCallsToCancel)) {
            RestatePromise<String> invocationId = invocationIds.remove(call);
            if (invocationId != null) {
                targets.add(invocationId.await());
            }
        }
        for (String target : targets) {
            thread.perform(machine -> machine.cancelInvocation(target));
        }
    }
}
