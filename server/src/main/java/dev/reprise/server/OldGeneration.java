package dev.reprise.server;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.NotificationEmitter;

/**
 * Collects the serial collector's old generation whenever it has doubled, and once when it has grown and the load is over.
 * By itself, that collector takes more memory from the machine until the heap's bound is reached, and only then looks
 * whether any of it is still used. Other collectors look by themselves and are left alone.
 */
final class OldGeneration {
    private static final String SERIAL_POOL = "Tenured Gen";
    private static final long SMALL_BYTES = 128L << 20;
    /** So much more than after its last collection is worth another one. */
    private static final long GROWTH_BYTES = 16L << 20;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final MemoryPoolMXBean pool;

    /* Used by the thread that looks for rest. */
    private long committedAfterRest;
    private long collectionsSeen = -1;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /**
     * Begins to watch; of no effect without the serial collector.
     *
     * @param rest a time without any collection after which the load counts as over
     */
    static void keepSmall(Duration rest) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(SERIAL_POOL)) {
                OldGeneration watched = new OldGeneration(pool);
                watched.boundGrowth();
                watched.returnAfter(rest);
            }
        }
    }

    private void boundGrowth() {
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (notification, _) -> {
                            if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
                                memory.gc();
                                setThreshold();
                            }
                        },
                        null,
                        null);
        setThreshold();
    }

    private void setThreshold() {
        MemoryUsage usage = pool.getUsage();
        long wanted = Math.max(SMALL_BYTES, 2 * usage.getUsed());
        pool.setUsageThreshold(usage.getMax() < 0 ? wanted : Math.min(wanted, usage.getMax()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the process
    private void returnAfter(Duration rest) {
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("reprise-memory").daemon().factory());
        looking.scheduleWithFixedDelay(this::collectAtRest, 0, rest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void collectAtRest() {
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        boolean isAtRest = collections == collectionsSeen;
        collectionsSeen = collections;
        if (isAtRest && pool.getUsage().getCommitted() > committedAfterRest + GROWTH_BYTES) {
            memory.gc();
            setThreshold();
            collectionsSeen++;
            committedAfterRest = pool.getUsage().getCommitted();
        }
    }
}
