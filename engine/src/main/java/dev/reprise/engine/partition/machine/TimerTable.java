package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The timers that have not fired, in the order of their times, and the sleeps among them by invocation, so that they
 * are deleted when it ends.
 */
public final class TimerTable {
    private final PartitionTables tables;
    private final Rows rows;

    TimerTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    void add(TimerKey timer) {
        tables.put(Key.timer(timer), Bytes.EMPTY);
        if (timer.kind() == TimerKey.Kind.SLEEP) {
            tables.put(Key.sleep(timer), Bytes.EMPTY);
        }
    }

    boolean contains(TimerKey timer) {
        return rows.get(Key.timer(timer)).isPresent();
    }

    void delete(TimerKey timer) {
        tables.delete(Key.timer(timer));
        if (timer.kind() == TimerKey.Kind.SLEEP) {
            tables.delete(Key.sleep(timer));
        }
    }

    /** An invocation's sleeps that have not ended. */
    List<TimerKey> sleeps(InvocationId id) {
        List<TimerKey> sleeps = new ArrayList<>();
        rows.scan(Key.of(Key.SLEEP, id), (key, _) -> {
            BinaryReader r = new BinaryReader(key, Key.OF_INVOCATION_BYTES);
            return sleeps.add(new TimerKey(r.i64(), TimerKey.Kind.SLEEP, id, r.i32()));
        });
        return sleeps;
    }

    public static void forEach(Rows rows, Predicate<TimerKey> visitor) {
        rows.scan(
                Key.table(Key.TIMER),
                (key, _) -> visitor.test(Encodings.timer(new BinaryReader(key, Key.TABLE_BYTES))));
    }
}
