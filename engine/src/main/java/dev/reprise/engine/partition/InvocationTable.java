package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.id.InvocationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The invocations, decoded ones of late kept on the heap; and a row for each that has a right to run, so that a new
 * leader finds them.
 */
public final class InvocationTable {
    private static final int DECODED_MAX = 20_000;

    private final Tables tables;
    private final Rows rows;
    private final Map<InvocationId, Invocation> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InvocationId, Invocation> eldest) {
            return size() > DECODED_MAX;
        }
    };

    InvocationTable(Tables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    public Optional<Invocation> get(InvocationId id) {
        Invocation known = decoded.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Invocation> stored = read(rows, id);
        stored.ifPresent(invocation -> decoded.put(id, invocation));
        return stored;
    }

    static Optional<Invocation> read(Rows rows, InvocationId id) {
        return rows.get(Key.of(Key.INVOCATION, id)).map(Invocation::decode);
    }

    /** Begins an invocation that is not there; a {@link #put} in the same step must follow and write its row. */
    void create(Invocation invocation) {
        decoded.put(invocation.id(), invocation);
    }

    void put(Invocation invocation) {
        InvocationId id = invocation.id();
        boolean wasRunnable = get(id).map(InvocationTable::isRunnable).orElse(false);
        if (isRunnable(invocation) && !wasRunnable) {
            tables.put(Key.of(Key.RUNNABLE, id), Bytes.EMPTY);
        } else if (!isRunnable(invocation) && wasRunnable) {
            tables.delete(Key.of(Key.RUNNABLE, id));
        }
        tables.put(Key.of(Key.INVOCATION, id), invocation.encode());
        if (isRunnable(invocation)) {
            decoded.put(id, invocation);
        } else {
            // Costs disk from now on, not heap.
            decoded.remove(id);
        }
    }

    void delete(InvocationId id) {
        decoded.remove(id);
        tables.delete(Key.of(Key.INVOCATION, id));
        tables.delete(Key.of(Key.RUNNABLE, id));
    }

    /**
     * Visits the invocations that have a right to run, as a leader of this epoch's, until the visitor returns false.
     */
    public void forEachRunnable(long epoch, Predicate<AttemptId> visitor) {
        rows.scan(Key.table(Key.RUNNABLE), (key, _) -> {
            InvocationId id = new BinaryReader(key, Key.TABLE_BYTES).id();
            InvocationStatus status = read(rows, id).orElseThrow().status();
            Invariants.check(isRunnable(status), "only what is invoked is runnable", status);
            return !(status instanceof InvocationStatus.Invoked(long startLsn))
                    || visitor.test(new AttemptId(id, epoch, startLsn));
        });
    }

    /** Visits all invocations in the order of their ids, until the visitor returns false. */
    public void forEach(Predicate<Invocation> visitor) {
        forEach(rows, visitor);
    }

    static void forEach(Rows rows, Predicate<Invocation> visitor) {
        rows.scan(Key.table(Key.INVOCATION), (_, value) -> visitor.test(Invocation.decode(value)));
    }

    private static boolean isRunnable(Invocation invocation) {
        return isRunnable(invocation.status());
    }

    private static boolean isRunnable(InvocationStatus status) {
        return status instanceof InvocationStatus.Invoked;
    }
}
