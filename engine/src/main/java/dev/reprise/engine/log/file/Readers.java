package dev.reprise.engine.log.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open readers by partition. Any thread adds and removes them; whoever writes passes records to them. */
final class Readers {
    private static final Logger logger = LoggerFactory.getLogger(Readers.class);

    private final ConcurrentHashMap<Integer, List<FileLogReader>> byPartition = new ConcurrentHashMap<>();
    /* Used by whoever writes. */
    private final List<FileLogReader> offered = new ArrayList<>();

    void add(FileLogReader reader) {
        byPartition
                .computeIfAbsent(reader.partition(), _ -> new CopyOnWriteArrayList<>())
                .add(reader);
    }

    void remove(FileLogReader reader) {
        List<FileLogReader> same = byPartition.get(reader.partition());
        if (same != null) {
            same.remove(reader);
        }
    }

    /** The reader of a partition if its thread has nothing else to do; otherwise null. */
    @Nullable
    FileLogReader idleOf(int partition) {
        List<FileLogReader> same = byPartition.get(partition);
        return same != null && same.size() == 1 && same.getFirst().isIdle() ? same.getFirst() : null;
    }

    /**
     * Passes a durable batch to the readers of its partitions, and wakes each of them once, except for one that is
     * awake.
     */
    void publish(RecordBatch batch, @Nullable FileLogReader awake) {
        for (int place = 0; place < batch.size(); place++) {
            List<FileLogReader> interested = byPartition.get(batch.partition(place));
            if (interested != null) {
                for (FileLogReader reader : interested) {
                    reader.offer(batch.record(place));
                    if (reader != awake && reader.mark()) {
                        offered.add(reader);
                    }
                }
            }
        }
        for (FileLogReader reader : offered) {
            reader.unmark();
            wake(reader);
        }
        offered.clear();
    }

    void wakeAll() {
        byPartition.values().forEach(same -> same.forEach(Readers::wake));
    }

    /** Tells a reader to poll. */
    static void wake(FileLogReader reader) {
        try {
            reader.wake();
        } catch (RuntimeException e) {
            logger.error("the listener of partition {} failed; it may miss records", reader.partition(), e);
        }
    }
}
