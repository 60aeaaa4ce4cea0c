package dev.reprise.sdk.handler;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Handles cancel signals. The calls that the handler has made since the last one are cancelled, which requires their
 * ids; then the branches and finally the handler are thrown out of their awaits. Source: the implicit cancellation of
 * Restate's SDKs, which have no branches. Also cancels the promise of a single call.
 */
final class Cancellation {
    private final HandlerAttempt attempt;
    private final Map<CompletionId, RestatePromise<String>> invocationIds = new HashMap<>();
    /** The ids of calls that were given up, to be cancelled once the ids are known. */
    private final Map<NotificationId, RestatePromise<String>> givenUp = new LinkedHashMap<>();

    /** Whether nothing but one id is taken, so that another one that has come changes nothing. */
    private boolean waitsForOne;

    Cancellation(HandlerAttempt attempt) {
        this.attempt = attempt;
    }

    /** A call was made; the id of its invocation will arrive. */
    void track(CompletionId call, RestatePromise<String> invocationId) {
        invocationIds.put(call, invocationId);
    }

    /** A cancel signal was taken. Further ones that arrive while it is handled are taken after it. */
    void received() {
        List<String> targets = new ArrayList<>();
        for (CompletionId call : attempt.issue(InvocationStateMachine::takeCallsToCancel)) {
            RestatePromise<String> invocationId = invocationIds.remove(call);
            if (invocationId != null) {
                attempt.takeOnly(call, invocationId);
                targets.add(invocationId.await());
            }
        }
        targets.forEach(this::cancel);
        attempt.graph().awaits().cancelBelow(attempt.handlerTask());
        attempt.graph().awaits().cancel(attempt.handlerTask());
    }

    private void cancel(String target) {
        attempt.perform(machine -> machine.cancelInvocation(target));
    }

    /** The promise of a call was cancelled, so its invocation is too: at once, or as soon as its id is taken. */
    void giveUp(CompletionId call) {
        RestatePromise<String> invocationId = invocationIds.remove(call);
        if (invocationId == null) {
            return;
        }
        if (invocationId.isSettled()) {
            cancel(invocationId.await());
        } else {
            givenUp.put(call, invocationId);
        }
    }

    /** A notification was taken; it may be an id that this waits for. */
    void taken(NotificationId id) {
        RestatePromise<String> invocationId = givenUp.remove(id);
        if (invocationId != null) {
            cancel(invocationId.await());
        }
    }

    void waitsForOne(boolean doesSo) {
        waitsForOne = doesSo;
    }

    /** The tree of what is awaited, for the engine: {@code roots}, and the ids of calls to be cancelled. */
    FutureTree treeOf(List<RestatePromise<?>> roots) {
        List<RestatePromise<?>> all = new ArrayList<>(roots);
        if (!waitsForOne) {
            all.addAll(givenUp.values());
        }
        return PromiseGraph.treeOf(all);
    }

    /** Waits until every call that was given up has been cancelled. */
    void end() {
        for (Map.Entry<NotificationId, RestatePromise<String>> next : List.copyOf(givenUp.entrySet())) {
            attempt.takeOnly(next.getKey(), next.getValue());
        }
    }
}
