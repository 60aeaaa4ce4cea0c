package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.PartitionRecord.ModifyStateRequested;
import dev.reprise.engine.partition.machine.ObjectTable.InboxEntry;
import dev.reprise.engine.partition.machine.ObjectTable.Lock;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/** One exclusive handler at a time for each virtual object, first come first served. */
final class ObjectQueue {
    private ObjectQueue() {}

    /**
     * Acquires an invocation's object if the invocation must have it alone; answers where it waits, null if it need not
     * wait.
     */
    static InvocationStatus.@Nullable Inboxed enter(Invocation invocation, Step step) {
        if (invocation.target().kind() != HandlerKind.OBJECT_EXCLUSIVE) {
            return null;
        }
        ObjectTable objects = step.tables().objects();
        Lock lock = objects.lock(invocation.object()).orElse(null);
        if (lock == null) {
            objects.acquire(invocation.object(), invocation.id());
            return null;
        }
        InboxEntry entry = new InboxEntry.Waiting(invocation.id());
        return new InvocationStatus.Inboxed(objects.enqueue(invocation.object(), lock, entry));
    }

    /** Removes an invocation that will not run from the inbox. */
    static void leave(Invocation invocation, long inboxSequence, Step step) {
        step.tables().objects().leave(invocation.object(), inboxSequence);
    }

    /**
     * Passes an ended invocation's object to the one that has waited longest; answers the new holder, null for nobody.
     */
    static @Nullable InvocationId release(Invocation invocation, Step step) {
        if (invocation.target().kind() != HandlerKind.OBJECT_EXCLUSIVE) {
            return null;
        }
        ObjectId object = invocation.object();
        ObjectTable objects = step.tables().objects();
        while (true) {
            Lock lock = objects.lock(object).orElseThrow();
            switch (objects.next(object, lock)) {
                case null -> {
                    return null;
                }
                case InboxEntry.Waiting(InvocationId next) -> {
                    objects.passTo(object, next);
                    return next;
                }
                case InboxEntry.Modification(ModifyStateRequested request) -> modifyNow(request, step);
            }
        }
    }

    /** Replaces an object's state, at once if the object is free, otherwise when its turn comes. */
    static void modify(ModifyStateRequested request, Step step) {
        ObjectTable objects = step.tables().objects();
        Lock lock = objects.lock(request.object()).orElse(null);
        if (lock == null) {
            modifyNow(request, step);
        } else {
            objects.enqueue(request.object(), lock, new InboxEntry.Modification(request));
        }
    }

    private static void modifyNow(ModifyStateRequested request, Step step) {
        StateTable state = step.tables().state();
        String expected = request.expectedVersion();
        if (expected != null && !expected.equals(state.version(request.object()))) {
            String reason = "the state is not of the expected version any more";
            step.respond(request.requestId(), new Response.Refused(null, ErrorCode.CANCELLED, reason));
            return;
        }
        state.replace(request.object(), request.state());
        step.respond(request.requestId(), new Response.Done(null));
    }
}
