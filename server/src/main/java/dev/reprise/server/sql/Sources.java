package dev.reprise.server.sql;

import com.google.common.collect.FluentIterable;
import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionReads;
import dev.reprise.engine.partition.PartitionReads.InboxEntry;
import dev.reprise.engine.partition.PartitionReads.OwnedEntry;
import dev.reprise.engine.partition.PartitionReads.OwnedEvent;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.id.PartitionKey;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of the tables come from, and the shortest way to those that a query's bounds leave: an id is one read,
 * a scope or a key outside any is a range of ids, a service's or an object's own rows are a range, and the statuses that few have
 * are read from what leads the engine itself to them. Any thread.
 */
final class Sources {
    private static final Map<String, String> STORED_STATUS =
            Map.of("pending", "inboxed", "running", "invoked", "backing-off", "invoked", "ready", "invoked");

    private final Engine engine;

    Sources(Engine engine) {
        this.engine = engine;
    }

    Iterator<InvocationRow> invocations(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("id");
        if (ids.isPresent()) {
            return invocations(ids(ids.get())).iterator();
        }
        Optional<Set<String>> together = together(bounds, "target_service_key");
        if (together.isPresent()) {
            return FluentIterable.from(together.get())
                    .transformAndConcat(
                            name -> rows(engine.reads(name), reads -> reads.invocations(PartitionKey.of(name))))
                    .iterator();
        }
        Optional<Iterable<InvocationRow>> ofStatus = bounds.of("status").flatMap(this::ofStatus);
        return ofStatus.orElseGet(() -> FluentIterable.from(engine.reads())
                        .transformAndConcat(reads -> rows(reads, PartitionReads::invocations)))
                .iterator();
    }

    /**
     * The names that keep what is asked for together: scopes, or, of what is outside any scope, keys. Empty if neither is
     * known; a key alone may be an object's in any scope.
     */
    private static Optional<Set<String>> together(Bounds bounds, String keyColumn) {
        Optional<Set<String>> scopes = bounds.of("scope");
        return scopes.isEmpty() && bounds.isNull("scope") ? bounds.of(keyColumn) : scopes;
    }

    Iterator<InvocationRow> withIdempotencyKey(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("invocation_id");
        Iterable<InvocationRow> rows = ids.isPresent() ? invocations(ids(ids.get())) : () -> invocations(Bounds.NONE);
        return FluentIterable.from(rows)
                .filter(row -> row.invocation().request().idempotencyKey() != null)
                .iterator();
    }

    /** The invocations of statuses to which there is a short way; empty if there is none to one of them. */
    private Optional<Iterable<InvocationRow>> ofStatus(Set<String> statuses) {
        Set<String> stored = new TreeSet<>();
        statuses.forEach(status -> stored.add(STORED_STATUS.getOrDefault(status, status)));
        return Set.of("invoked", "inboxed", "scheduled").containsAll(stored)
                ? Optional.of(invocations(FluentIterable.from(stored).transformAndConcat(this::idsOfStatus)))
                : Optional.empty();
    }

    private Iterable<InvocationId> idsOfStatus(String stored) {
        return switch (stored) {
            case "invoked" -> ofAll(PartitionReads::runnable);
            case "inboxed" ->
                ofAll(reads -> reads.inbox(null, null))
                        .transformAndConcat(
                                entry -> entry.invocationId().stream().toList());
            default ->
                ofAll(PartitionReads::timers)
                        .filter(timer -> timer.kind() == TimerKey.Kind.START)
                        .transform(TimerKey::invocationId);
        };
    }

    private FluentIterable<InvocationRow> invocations(Iterable<InvocationId> ids) {
        return FluentIterable.from(ids).transformAndConcat(id -> {
            PartitionReads reads = engine.reads(id);
            return reads.invocation(id).map(found -> row(reads, found)).stream().toList();
        });
    }

    private Iterable<InvocationRow> rows(
            PartitionReads reads, Function<PartitionReads, Iterator<Invocation>> iterator) {
        return FluentIterable.from(() -> iterator.apply(reads)).transform(invocation -> row(reads, invocation));
    }

    private InvocationRow row(PartitionReads reads, Invocation invocation) {
        return new InvocationRow(
                invocation, reads, () -> engine.attempt(invocation.id()).orElse(null));
    }

    Iterator<AttemptView> attempts(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("id");
        return ids.isPresent()
                ? ids(ids.get())
                        .transformAndConcat(id -> engine.attempt(id).stream().toList())
                        .iterator()
                : engine.attempts().iterator();
    }

    /** The SDK of the deployment that an attempt is or was on; null if it is not known. */
    @Nullable
    String sdkVersion(AttemptView attempt) {
        DeploymentId deployment = attempt.deployment();
        return deployment == null
                ? null
                : engine.registry()
                        .deployment(deployment)
                        .map(Deployment::sdkVersion)
                        .orElse(null);
    }

    Iterator<OwnedEntry> entries(Bounds bounds) {
        return byId(bounds, PartitionReads::entries, PartitionReads::entries);
    }

    /** What the entries behind a command say of the invocation it has made. */
    Callees callees(OwnedEntry command) {
        return new Callees(completion -> invocationId(command, completion), engine.registry());
    }

    private @Nullable String invocationId(OwnedEntry command, int completion) {
        PartitionReads reads = engine.reads(command.invocationId());
        Iterator<OwnedEntry> behind =
                reads.entries(command.invocationId(), command.entry().index() + 1);
        while (behind.hasNext()) {
            RawMessage message = behind.next().entry().message();
            if (message.type() == MessageType.CALL_INVOCATION_ID_COMPLETION.code()
                    && MessageCodec.decode(message) instanceof Notification notification
                    && notification.id().equals(new NotificationId.CompletionId(completion))
                    && notification.result() instanceof Result.InvocationIdValue(String id)) {
                return id;
            }
        }
        return null;
    }

    Iterator<OwnedEvent> events(Bounds bounds) {
        return byId(bounds, PartitionReads::events, PartitionReads::events);
    }

    private <T> Iterator<T> byId(
            Bounds bounds,
            BiFunction<PartitionReads, InvocationId, Iterator<T>> ofOne,
            Function<PartitionReads, Iterator<T>> all) {
        Optional<Set<String>> ids = bounds.of("id");
        Iterable<T> rows = ids.isPresent()
                ? ids(ids.get()).transformAndConcat(id -> () -> ofOne.apply(engine.reads(id), id))
                : ofAll(all);
        return rows.iterator();
    }

    /** How the rows of some objects or workflows are read; null is any service or key. */
    interface OfObjects<T> {
        Iterator<T> rows(PartitionReads reads, @Nullable String service, @Nullable String key);
    }

    /** The rows of objects or workflows, within bounds of {@code service_name} and {@code service_key}. */
    <T> Iterator<T> objects(Bounds bounds, OfObjects<T> rows) {
        Optional<Set<String>> services = bounds.of("service_name");
        Optional<Set<String>> keys = bounds.of("service_key");
        FluentIterable<PartitionReads> partitions = partitions(together(bounds, "service_key"));
        if (services.isEmpty()) {
            return partitions
                    .transformAndConcat(reads -> () -> rows.rows(reads, null, null))
                    .iterator();
        }
        return FluentIterable.from(services.get())
                .transformAndConcat(service -> keys.isEmpty()
                        ? partitions.transformAndConcat(reads -> () -> rows.rows(reads, service, null))
                        : FluentIterable.from(keys.get())
                                .transformAndConcat(key ->
                                        partitions.transformAndConcat(reads -> () -> rows.rows(reads, service, key))))
                .iterator();
    }

    /** Who waits for objects; one by its id is where its invocation says. */
    Iterator<InboxEntry> inbox(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("id");
        return ids.isEmpty()
                ? objects(bounds, PartitionReads::inbox)
                : invocations(ids(ids.get())).transformAndConcat(Sources::place).iterator();
    }

    private static List<InboxEntry> place(InvocationRow row) {
        Invocation invocation = row.invocation();
        String key = invocation.target().key();
        if (key == null || !(invocation.status() instanceof InvocationStatus.Inboxed(long sequence))) {
            return List.of();
        }
        return List.of(new InboxEntry(
                invocation.target().service(),
                key,
                sequence,
                Optional.of(invocation.id()),
                invocation.request().scope()));
    }

    private FluentIterable<PartitionReads> partitions(Optional<Set<String>> together) {
        return together.isEmpty()
                ? FluentIterable.from(engine.reads())
                : FluentIterable.from(
                        together.get().stream().map(engine::reads).distinct().toList());
    }

    private <T> FluentIterable<T> ofAll(Function<PartitionReads, Iterator<T>> iterator) {
        return FluentIterable.from(engine.reads()).transformAndConcat(reads -> () -> iterator.apply(reads));
    }

    /** The ids among some texts; the others name nothing. */
    private static FluentIterable<InvocationId> ids(Set<String> texts) {
        return FluentIterable.from(texts).transformAndConcat(text -> {
            try {
                return List.of(InvocationId.parse(text));
            } catch (ProtocolException _) {
                return List.of();
            }
        });
    }
}
