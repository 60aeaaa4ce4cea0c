package dev.reprise.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import javax.management.NotificationEmitter;

/**
 * Collects the serial collector's old generation whenever it has doubled. By itself, that collector takes more memory from
 * the machine until the heap's bound is reached, and only then looks whether any of it is still used. Other collectors
 * look by themselves and are left alone.
 */
final class OldGeneration {
    private static final String SERIAL_POOL = "Tenured Gen";
    private static final long SMALL_BYTES = 128L << 20;

    private OldGeneration() {}

    /** Begins to watch; of no effect without the serial collector. */
    static void boundGrowth() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(SERIAL_POOL)) {
                watch(pool);
            }
        }
    }

    private static void watch(MemoryPoolMXBean pool) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (notification, _) -> {
                            if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
                                memory.gc();
                                setThreshold(pool);
                            }
                        },
                        null,
                        null);
        setThreshold(pool);
    }

    private static void setThreshold(MemoryPoolMXBean pool) {
        MemoryUsage usage = pool.getUsage();
        long wanted = Math.max(SMALL_BYTES, 2 * usage.getUsed());
        pool.setUsageThreshold(usage.getMax() < 0 ? wanted : Math.min(wanted, usage.getMax()));
    }
}
