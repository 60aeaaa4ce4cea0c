package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The invocations, with recently used ones decoded on the heap. Each invocation that is not completed also has a row in
 * {@link Key#STATUS}, so that a new leader finds those with a right to run, and people find those of a status or a
 * service.
 */
public final class InvocationTable {
    private static final int DECODED_MAX = 20_000;
    private static final long DECODED_BYTES_MAX =
            Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 64);
    private static final int INVOCATION_BYTES = 768;
    private static final int WAITING_BYTES = 48;

    private final PartitionTables tables;
    private final Rows rows;
    private final RecentlyUsed<InvocationId, Invocation> decoded =
            new RecentlyUsed<>(DECODED_MAX, DECODED_BYTES_MAX, (_, invocation) -> bytes(invocation));

    /* Created in this step, without a row yet. */
    private @Nullable Invocation created;

    InvocationTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    public Optional<Invocation> get(InvocationId id) {
        if (created != null && created.id().equals(id)) {
            return Optional.of(created);
        }
        Invocation known = decoded.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Invocation> stored = read(rows, id);
        stored.ifPresent(invocation -> decoded.put(id, invocation));
        return stored;
    }

    public static Optional<Invocation> read(Rows rows, InvocationId id) {
        return rows.get(Key.of(Key.INVOCATION, id)).map(Invocation::decode);
    }

    /** Begins an invocation that does not exist; a {@link #put} in the same step must follow and write its row. */
    void create(Invocation invocation) {
        created = invocation;
    }

    void put(Invocation invocation) {
        InvocationId id = invocation.id();
        boolean isNew = created != null && created.id().equals(id);
        created = null;
        Bytes key = Key.of(Key.INVOCATION, id);
        if (isNew) {
            move(invocation, null, invocation.status().kind());
            tables.insert(key, invocation.encode());
        } else {
            InvocationStatus.Kind before =
                    get(id).map(known -> known.status().kind()).orElse(null);
            move(invocation, before, invocation.status().kind());
            tables.put(key, invocation.encode());
        }
        if (isRunnable(invocation.status())) {
            decoded.put(id, invocation);
        } else {
            // From now on it costs disk, not heap.
            decoded.remove(id);
        }
    }

    private void move(
            Invocation invocation, InvocationStatus.@Nullable Kind before, InvocationStatus.@Nullable Kind after) {
        if (before == after) {
            return;
        }
        String service = invocation.target().service();
        if (before != null && hasStatusRow(before)) {
            tables.delete(Key.status(before, service, invocation.id()));
        }
        if (after != null && hasStatusRow(after)) {
            tables.insert(Key.status(after, service, invocation.id()), Bytes.EMPTY);
        }
    }

    public static boolean hasStatusRow(InvocationStatus.Kind status) {
        return switch (status) {
            case SCHEDULED, INVOKED, SUSPENDED, PAUSED -> true;
            case INBOXED, COMPLETED -> false;
        };
    }

    void delete(Invocation invocation) {
        InvocationId id = invocation.id();
        decoded.remove(id);
        tables.delete(Key.of(Key.INVOCATION, id));
        move(invocation, invocation.status().kind(), null);
    }

    /**
     * Visits the invocations that have a right to run, as a leader of this epoch's, until the visitor returns false.
     */
    public void forEachRunnable(long epoch, Predicate<AttemptId> visitor) {
        Bytes invoked = Key.ofStatus(InvocationStatus.Kind.INVOKED, null);
        rows.scan(invoked, (key, _) -> {
            InvocationId id = idOfStatus(key);
            InvocationStatus status = read(rows, id).orElseThrow().status();
            Invariants.check(isRunnable(status), "only what is invoked is runnable", status);
            return !(status instanceof InvocationStatus.Invoked(long startLsn, var _))
                    || visitor.test(new AttemptId(id, epoch, startLsn));
        });
    }

    /** The invocation of a row in {@link Key#STATUS}. */
    public static InvocationId idOfStatus(Bytes key) {
        return new BinaryReader(key, key.size() - InvocationId.BYTES).id();
    }

    /** Visits all invocations in the order of their ids, until the visitor returns false. */
    public void forEach(Predicate<Invocation> visitor) {
        forEach(rows, visitor);
    }

    public static void forEach(Rows rows, Predicate<Invocation> visitor) {
        rows.scan(Key.table(Key.INVOCATION), (_, value) -> visitor.test(Invocation.decode(value)));
    }

    /** Roughly what it takes on the heap. */
    private static long bytes(Invocation invocation) {
        InvocationRequest request = invocation.request();
        String key = invocation.target().key();
        String idempotencyKey = request.idempotencyKey();
        return INVOCATION_BYTES
                + (long) WAITING_BYTES * invocation.waiting().size()
                + (key == null ? 0 : key.length())
                + (idempotencyKey == null ? 0 : idempotencyKey.length())
                + bytes(invocation.status());
    }

    private static long bytes(InvocationStatus status) {
        return switch (status) {
            case InvocationStatus.Completed(KeptResult.Inline(Result.Value(Bytes value))) -> value.size();
            case InvocationStatus.Completed(KeptResult.Inline(Result.Failed(Failure failure))) ->
                failure.message().length();
            case InvocationStatus.Paused(Failure lastFailure) ->
                lastFailure == null ? 0 : lastFailure.message().length();
            default -> 0;
        };
    }

    private static boolean isRunnable(InvocationStatus status) {
        return status instanceof InvocationStatus.Invoked;
    }
}
