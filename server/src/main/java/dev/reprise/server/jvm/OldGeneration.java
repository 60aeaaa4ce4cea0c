package dev.reprise.server.jvm;

import com.sun.management.ThreadMXBean;
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
 * Collects the serial collector's old generation whenever it has doubled, and once more when it has grown and the load
 * is over. By itself, that collector takes more memory from the machine until it reaches the heap's bound, and only
 * then checks whether the memory is still used. Other collectors check by themselves and are left alone.
 */
public final class OldGeneration implements HeapAfterLoad.Heap {
    private static final String SERIAL_POOL = "Tenured Gen";
    private static final long SMALL_BYTES = 128L << 20;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final MemoryPoolMXBean pool;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /**
     * Begins to watch; has no effect without the serial collector.
     *
     * @param period how often to check whether the load is over
     */
    public static void keepSmall(Duration period) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(SERIAL_POOL)) {
                OldGeneration watched = new OldGeneration(pool);
                watched.boundGrowth();
                watched.returnAfterLoad(period);
            }
        }
    }

    private void boundGrowth() {
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (notification, _) -> {
                            if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
                                collect();
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
    private void returnAfterLoad(Duration period) {
        HeapAfterLoad heap = new HeapAfterLoad(this, period);
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("reprise-memory").daemon().factory());
        looking.scheduleWithFixedDelay(heap::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public long allocatedBytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    @Override
    public long committedBytes() {
        return pool.getUsage().getCommitted();
    }

    @Override
    public void collect() {
        memory.gc();
        setThreshold();
    }
}
