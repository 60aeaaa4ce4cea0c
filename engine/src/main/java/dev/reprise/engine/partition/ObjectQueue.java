package dev.reprise.engine.partition;

import dev.reprise.engine.partition.ObjectTable.InboxEntry;
import dev.reprise.engine.partition.ObjectTable.Lock;
import dev.reprise.engine.partition.PartitionRecord.ModifyStateRequested;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;

/** One exclusive handler at a time for each virtual object, first come first served. */
final class ObjectQueue {
    private ObjectQueue() {}

    /** Starts an invocation, or lets it wait for its object. */
    static void enter(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() != InvocationTarget.Kind.OBJECT_EXCLUSIVE) {
            Starting.start(invocation, step);
            return;
        }
        ObjectTable objects = step.tables().objects();
        Lock lock = objects.lock(invocation.object()).orElse(null);
        if (lock == null) {
            objects.acquire(invocation.object(), invocation.id());
            Starting.start(invocation, step);
        } else {
            InboxEntry entry = new InboxEntry.Waiting(invocation.id());
            long sequence = objects.enqueue(invocation.object(), lock, entry);
            InvocationStatus inboxed = new InvocationStatus.Inboxed(sequence);
            step.invocations().put(invocation.with(inboxed, step.timeMillis()));
            step.journal().cool(invocation.id());
        }
    }

    /** Lets an invocation wait no longer that will not run. */
    static void leave(Invocation invocation, long inboxSequence, Step step) {
        step.tables().objects().leave(invocation.object(), inboxSequence);
    }

    /** Hands an ended invocation's object on to who has waited longest. */
    static void release(Invocation invocation, Step step) {
        InvocationTarget target = invocation.target();
        if (target.kind() != InvocationTarget.Kind.OBJECT_EXCLUSIVE) {
            return;
        }
        ObjectId object = invocation.object();
        ObjectTable objects = step.tables().objects();
        boolean passing = true;
        while (passing) {
            Lock lock = objects.lock(object).orElseThrow();
            InboxEntry next = objects.next(object, lock);
            if (next instanceof InboxEntry.Modification(ModifyStateRequested request)) {
                modifyNow(request, step);
            } else {
                passing = false;
            }
            if (next instanceof InboxEntry.Waiting waiting) {
                objects.hand(object, waiting.id());
                Starting.start(step.invocations().get(waiting.id()).orElseThrow(), step);
            }
        }
    }

    /** Replaces an object's state at once if it is free, or in its turn. */
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
