package dev.reprise.server.query.table;

import com.google.common.collect.FluentIterable;
import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationStatus.Kind;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.HeldObject;
import dev.reprise.engine.partition.reads.PartitionReads.InboxEntry;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.query.execution.Bounds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom. What an invocation waits for follows from its own state and its journal; who waits for it follows
 * from the answers that it owes, and from the queue of the object that it holds. Only a query that names neither looks
 * at all active invocations. Any thread.
 */
final class WaitReads {
    private final Engine engine;

    WaitReads(Engine engine) {
        this.engine = engine;
    }

    Iterator<Wait> waits(Bounds bounds) {
        return waiting(bounds).transformAndConcat(this::of).iterator();
    }

    private FluentIterable<InvocationId> waiting(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("waiting_id");
        if (ids.isPresent()) {
            return parsed(ids.get());
        }
        Optional<Set<String>> blockers = bounds.of("for_id");
        if (blockers.isPresent()) {
            return FluentIterable.from(
                    parsed(blockers.get()).transformAndConcat(this::behind).toSet());
        }
        return FluentIterable.from(engine.views().reads())
                .transformAndConcat(reads -> () -> reads.inbox(null, null))
                .transformAndConcat(entry -> entry.invocationId().stream().toList())
                .append(inStatus(Kind.SUSPENDED))
                .append(inStatus(Kind.INVOKED));
    }

    private FluentIterable<InvocationId> inStatus(Kind status) {
        return FluentIterable.from(engine.views().reads())
                .transformAndConcat(reads -> () -> reads.inStatus(status, null));
    }

    private static FluentIterable<InvocationId> parsed(Set<String> texts) {
        return FluentIterable.from(texts).transformAndConcat(text -> {
            try {
                return List.of(InvocationId.parse(text));
            } catch (ProtocolException _) {
                return List.of(); // it names nothing
            }
        });
    }

    /** The invocations that may wait for a given one. */
    private List<InvocationId> behind(InvocationId id) {
        Optional<Invocation> found = engine.views().reads(id).invocation(id);
        List<InvocationId> behind = new ArrayList<>();
        found.ifPresent(invocation -> {
            for (ResponseSink sink : invocation.waiting()) {
                if (sink instanceof ResponseSink.Caller caller) {
                    behind.add(caller.invocationId());
                }
            }
            holder(invocation).filter(lock -> lock.holder().equals(id)).ifPresent(lock -> addQueue(lock, behind));
        });
        return behind;
    }

    private void addQueue(HeldObject lock, List<InvocationId> queue) {
        Iterator<InboxEntry> entries = engine.views().reads(lock.holder()).inbox(lock.service(), lock.key());
        while (entries.hasNext()) {
            InboxEntry entry = entries.next();
            if (Objects.equals(entry.scope(), lock.scope())) {
                entry.invocationId().ifPresent(queue::add);
            }
        }
    }

    /** The invocation that holds the object of a given one. */
    private Optional<HeldObject> holder(Invocation invocation) {
        InvocationTarget target = invocation.target();
        if (target.key() == null) {
            return Optional.empty();
        }
        Iterator<HeldObject> held = engine.views().reads(invocation.id()).heldObjects(target.service(), target.key());
        while (held.hasNext()) {
            HeldObject lock = held.next();
            if (Objects.equals(lock.scope(), invocation.request().scope())) {
                return Optional.of(lock);
            }
        }
        return Optional.empty();
    }

    private List<Wait> of(InvocationId id) {
        PartitionReads reads = engine.views().reads(id);
        StoredInvocation stored = reads.stored(id).orElse(null);
        if (stored == null) {
            return List.of();
        }
        return switch (stored.status()) {
            case INBOXED -> List.of(inQueue(stored.whole()));
            case INVOKED, SUSPENDED -> awaited(stored.whole(), reads);
            case SCHEDULED, PAUSED, COMPLETED -> List.of();
        };
    }

    private Wait inQueue(Invocation invocation) {
        InvocationTarget target = invocation.target();
        String object = target.service() + "/" + target.key();
        InvocationId holder = holder(invocation).map(HeldObject::holder).orElse(null);
        Wait.For what = new Wait.For("object", null, holder, object, 0);
        return new Wait(invocation.id(), target, what, true, invocation.times().inboxedMillis());
    }

    private List<Wait> awaited(Invocation invocation, PartitionReads reads) {
        FutureTree tree = tree(invocation);
        return tree == null ? List.of() : new AwaitedLeaves(invocation, tree).readFrom(reads);
    }

    private @Nullable FutureTree tree(Invocation invocation) {
        return invocation.status() instanceof InvocationStatus.Suspended(FutureTree awaitingOn, var _)
                ? awaitingOn
                : engine.views()
                        .attempt(invocation.id())
                        .map(AttemptView::awaitingOn)
                        .orElse(null);
    }
}
