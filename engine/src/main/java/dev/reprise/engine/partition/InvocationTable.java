package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The invocations, decoded ones of late kept on the heap; and which of them have a right to run. */
public final class InvocationTable {
    private static final int DECODED_MAX = 20_000;

    private final Tables tables;
    private final Map<InvocationId, Invocation> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InvocationId, Invocation> eldest) {
            return size() > DECODED_MAX;
        }
    };

    InvocationTable(Tables tables) {
        this.tables = tables;
    }

    public Optional<Invocation> get(InvocationId id) {
        Invocation known = decoded.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Invocation> stored = tables.get(Key.of(Key.INVOCATION, id)).map(Invocation::decode);
        stored.ifPresent(invocation -> decoded.put(id, invocation));
        return stored;
    }

    void put(Invocation invocation) {
        InvocationId id = invocation.id();
        boolean wasRunnable = get(id).map(InvocationTable::isRunnable).orElse(false);
        if (isRunnable(invocation) && !wasRunnable) {
            tables.put(Key.of(Key.RUNNABLE, id), Bytes.EMPTY);
        } else if (!isRunnable(invocation) && wasRunnable) {
            tables.delete(Key.of(Key.RUNNABLE, id));
        }
        decoded.put(id, invocation);
        tables.put(Key.of(Key.INVOCATION, id), invocation.encode());
        if (invocation.status() instanceof InvocationStatus.Suspended
                || invocation.status() instanceof InvocationStatus.Completed) {
            // Costs disk from now on, not heap.
            decoded.remove(id);
        }
    }

    void delete(InvocationId id) {
        decoded.remove(id);
        tables.delete(Key.of(Key.INVOCATION, id));
        tables.delete(Key.of(Key.RUNNABLE, id));
    }

    /** Visits the invocations that have a right to run, until the visitor returns false. */
    public void forEachRunnable(long epoch, Predicate<AttemptId> visitor) {
        tables.scan(Key.table(Key.RUNNABLE), (key, _) -> {
            BinaryReader r = new BinaryReader(key);
            r.u8();
            Invocation invocation = get(r.id()).orElseThrow();
            InvocationStatus.Invoked status = (InvocationStatus.Invoked) invocation.status();
            return visitor.test(new AttemptId(invocation.id(), epoch, status.startLsn()));
        });
    }

    /** Visits all invocations in the order of their ids, until the visitor returns false. */
    public void forEach(Predicate<Invocation> visitor) {
        tables.scan(Key.table(Key.INVOCATION), (_, value) -> visitor.test(Invocation.decode(value)));
    }

    private static boolean isRunnable(Invocation invocation) {
        return invocation.status() instanceof InvocationStatus.Invoked;
    }
}
