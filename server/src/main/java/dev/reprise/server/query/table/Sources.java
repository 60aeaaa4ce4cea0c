package dev.reprise.server.query.table;

import com.google.common.collect.FluentIterable;
import com.google.common.collect.Iterators;
import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationStatus.Kind;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.InboxEntry;
import dev.reprise.engine.partition.reads.PartitionReads.OwnedEntry;
import dev.reprise.engine.partition.reads.PartitionReads.OwnedEvent;
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
import dev.reprise.server.query.execution.Bounds;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of the tables come from, and the shortest way to those within a query's bounds: an id is one read; a
 * scope, or a key outside any scope, is a range of ids; the invocations of a status are listed separately for each
 * service; and the rows of a service or an object are a range. Only completed invocations are searched for among all,
 * since a list of those would cost every invocation a write; of each, only what the filters need is read. The last to
 * end are found by the timers that end their retention. Any thread.
 */
public final class Sources {
    /* What either of the tables calls them. */
    private static final Map<String, Kind> STATUSES = Map.of(
            "scheduled", Kind.SCHEDULED,
            "pending", Kind.INBOXED,
            "inboxed", Kind.INBOXED,
            "invoked", Kind.INVOKED,
            "running", Kind.INVOKED,
            "backing-off", Kind.INVOKED,
            "ready", Kind.INVOKED,
            "suspended", Kind.SUSPENDED,
            "paused", Kind.PAUSED,
            "completed", Kind.COMPLETED);

    private static final Comparator<InvocationRow> LAST_FIRST = Comparator.comparingLong(
                    (InvocationRow row) -> row.invocation().times().completedMillis())
            .reversed();

    private final Engine engine;
    private final InstantSource clock;

    public Sources(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
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
                            name -> rows(engine.views().reads(name), reads -> reads.invocations(PartitionKey.of(name))))
                    .iterator();
        }
        Set<Kind> statuses = statuses(bounds);
        Iterable<InvocationRow> rows = statuses.contains(Kind.COMPLETED)
                ? FluentIterable.from(engine.views().reads())
                        .transformAndConcat(reads -> rows(reads, PartitionReads::invocations))
                : invocations(FluentIterable.from(statuses).transformAndConcat(status -> inStatus(status, bounds)));
        return rows.iterator();
    }

    /** Those that are completed, the one that ended last first. */
    Iterator<InvocationRow> ended(Bounds bounds) {
        NavigableSet<Long> retentions = engine.retentionsMillis();
        long now = clock.millis();
        List<Iterator<InvocationRow>> all = engine.views().reads().stream()
                .flatMap(reads -> reads.ended(retentions, now).stream()
                        .map(ended -> Iterators.transform(ended, invocation -> row(reads, invocation))))
                .toList();
        return Iterators.mergeSorted(all, LAST_FIRST);
    }

    private static Set<Kind> statuses(Bounds bounds) {
        Set<Kind> statuses = EnumSet.allOf(Kind.class);
        bounds.of("status").ifPresent(names -> {
            statuses.clear();
            names.stream().filter(STATUSES::containsKey).map(STATUSES::get).forEach(statuses::add);
        });
        // Only names that mean the same in both tables.
        Stream.of("scheduled", "suspended", "paused", "completed")
                .filter(bounds.excludedFrom("status")::contains)
                .map(STATUSES::get)
                .forEach(statuses::remove);
        return statuses;
    }

    private Iterable<InvocationId> inStatus(Kind status, Bounds bounds) {
        Optional<Set<String>> services = bounds.of("target_service_name");
        return services.isEmpty()
                ? inStatus(status, (String) null)
                : FluentIterable.from(services.get()).transformAndConcat(service -> inStatus(status, service));
    }

    private Iterable<InvocationId> inStatus(Kind status, @Nullable String service) {
        return status == Kind.INBOXED
                ? ofAll(reads -> reads.inbox(service, null))
                        .transformAndConcat(
                                entry -> entry.invocationId().stream().toList())
                : ofAll(reads -> reads.inStatus(status, service));
    }

    /**
     * The names that keep the requested invocations together: scopes or, outside any scope, keys. Empty if neither is
     * known; a key alone may belong to an object in any scope.
     */
    private static Optional<Set<String>> together(Bounds bounds, String keyColumn) {
        Optional<Set<String>> scopes = bounds.of("scope");
        return scopes.isEmpty() && bounds.isNull("scope") ? bounds.of(keyColumn) : scopes;
    }

    Iterator<InvocationRow> withIdempotencyKey(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("invocation_id");
        Iterable<InvocationRow> rows = ids.isPresent() ? invocations(ids(ids.get())) : () -> invocations(Bounds.NONE);
        return FluentIterable.from(rows)
                .filter(row -> bounds.allow("service_name", row.target().service()))
                .filter(row -> row.invocation().request().idempotencyKey() != null)
                .iterator();
    }

    private FluentIterable<InvocationRow> invocations(Iterable<InvocationId> ids) {
        return FluentIterable.from(ids).transformAndConcat(id -> {
            PartitionReads reads = engine.views().reads(id);
            return reads.stored(id).map(found -> row(reads, found)).stream().toList();
        });
    }

    private Iterable<InvocationRow> rows(
            PartitionReads reads, Function<PartitionReads, Iterator<StoredInvocation>> iterator) {
        return FluentIterable.from(() -> iterator.apply(reads)).transform(invocation -> row(reads, invocation));
    }

    private InvocationRow row(PartitionReads reads, StoredInvocation invocation) {
        return new InvocationRow(
                invocation, reads, () -> engine.views().attempt(invocation.id()).orElse(null));
    }

    Iterator<AttemptView> attempts(Bounds bounds) {
        Optional<Set<String>> ids = bounds.of("id");
        return ids.isPresent()
                ? ids(ids.get())
                        .transformAndConcat(
                                id -> engine.views().attempt(id).stream().toList())
                        .iterator()
                : engine.views().attempts().iterator();
    }

    /** The SDK of the deployment that an attempt runs or ran on; null if it is unknown. */
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

    /** What the entries after a command say about the invocation that it has created. */
    Callees callees(OwnedEntry command) {
        return new Callees(completion -> invocationId(command, completion), engine.registry());
    }

    private @Nullable String invocationId(OwnedEntry command, int completion) {
        PartitionReads reads = engine.views().reads(command.invocationId());
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
                ? ids(ids.get())
                        .transformAndConcat(
                                id -> () -> ofOne.apply(engine.views().reads(id), id))
                : ofAll(all);
        return rows.iterator();
    }

    /** Reads the rows of some objects or workflows; null stands for any service or key. */
    interface OfObjects<T> {
        Iterator<T> rows(PartitionReads reads, @Nullable String service, @Nullable String key);
    }

    /** The rows of objects or workflows, within bounds on {@code service_name} and {@code service_key}. */
    <T> Iterator<T> objects(Bounds bounds, OfObjects<T> rows) {
        FluentIterable<PartitionReads> partitions = partitions(together(bounds, "service_key"));
        return choices(bounds, "service_name")
                .transformAndConcat(service -> choices(bounds, "service_key")
                        .transformAndConcat(key -> partitions.transformAndConcat(
                                reads -> () -> rows.rows(reads, service.orElse(null), key.orElse(null)))))
                .iterator();
    }

    /** The values that a column may have; a single empty one if it may have any. */
    private static FluentIterable<Optional<String>> choices(Bounds bounds, String column) {
        return FluentIterable.from(bounds.of(column)
                .<List<Optional<String>>>map(
                        values -> values.stream().map(Optional::of).toList())
                .orElse(List.of(Optional.empty())));
    }

    /** The invocations that wait for objects; one that is given by its id is found through its own row. */
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
                ? FluentIterable.from(engine.views().reads())
                : FluentIterable.from(together.get().stream()
                        .map(engine.views()::reads)
                        .distinct()
                        .toList());
    }

    private <T> FluentIterable<T> ofAll(Function<PartitionReads, Iterator<T>> iterator) {
        return FluentIterable.from(engine.views().reads()).transformAndConcat(reads -> () -> iterator.apply(reads));
    }

    /** The ids among some texts; the other texts name nothing. */
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
