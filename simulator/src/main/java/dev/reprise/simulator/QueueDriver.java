package dev.reprise.simulator;

import dev.reprise.engine.PartitionDriver;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.store.StoreException;
import dev.reprise.simulator.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Calls a node's partitions and flushes their stores as events of the queue, where a real engine has threads. */
final class QueueDriver implements PartitionDriver {
    private static final long POLL_MICROS_MAX = 200;
    private static final long SLOW_POLL_MICROS_MAX = 200_000;
    private static final long IDLE_MILLIS_MAX = 1_000;
    private static final long FLUSH_MICROS_MAX = 50_000;

    private final World world;
    private final SimulatedNode node;
    private final List<QueuedDrive> drives = new ArrayList<>();
    private final Queue<Runnable> flushes = new ArrayDeque<>();
    private long pollMicrosMax = POLL_MICROS_MAX;

    QueueDriver(World world, SimulatedNode node) {
        this.world = world;
        this.node = node;
    }

    @Override
    public Drive drive(int partition, Driven driven) {
        QueuedDrive drive = new QueuedDrive(partition, driven);
        drives.add(drive);
        return drive;
    }

    @Override
    public void flush(Runnable flush) {
        flushes.add(flush);
        world.queue().in(world.dice().micros(FLUSH_MICROS_MAX), node.name() + " flushes", this::flushNext);
    }

    private void flushNext() {
        Runnable flush = flushes.poll();
        if (flush != null && node.mayFlush()) {
            node.guard(flush);
        }
    }

    @Override
    public void close() {
        while (!flushes.isEmpty()) {
            flushNext();
        }
    }

    /** Makes partitions read the log late from now on. */
    void slowDown() {
        pollMicrosMax = SLOW_POLL_MICROS_MAX;
    }

    Standing standing(int partition) {
        return drives.get(partition).driven.standing();
    }

    /** Whether a partition has neither failed nor been stopped. */
    boolean runs(int partition) {
        return !drives.get(partition).over;
    }

    /** Whether every partition leads. */
    boolean leads() {
        return drives.stream()
                .allMatch(drive -> !drive.over && drive.driven.standing().leads());
    }

    private final class QueuedDrive implements Drive {
        private final int partition;
        private final Driven driven;
        private boolean started;
        private boolean planned;
        private boolean over;
        private long lookAtMicros;

        QueuedDrive(int partition, Driven driven) {
            this.partition = partition;
            this.driven = driven;
        }

        @Override
        public void start() {
            started = true;
            wakeUp();
        }

        @Override
        public void wakeUp() {
            if (started && !over && !planned && node.isAlive()) {
                planned = true;
                String name = node.name() + " polls " + partition;
                world.queue().in(world.dice().micros(pollMicrosMax), name, () -> {
                    planned = false;
                    node.guard(this::poll);
                });
            }
        }

        private void poll() {
            if (over) {
                return;
            }
            boolean more;
            try {
                more = driven.poll();
            } catch (StoreException | LogException e) {
                fail(e);
                return;
            }
            node.checks().polled(node, partition, driven.standing());
            if (more) {
                wakeUp();
            } else {
                lookInTime(driven.idleMillis());
            }
        }

        /** Stops the partition. An exception that has nothing to do with disks ends the simulation. */
        private void fail(RuntimeException cause) {
            over = true;
            driven.fail(cause);
        }

        private void lookInTime(long idleMillis) {
            if (idleMillis == Long.MAX_VALUE) {
                return;
            }
            long delayMicros = Math.min(IDLE_MILLIS_MAX, idleMillis) * 1000;
            long now = world.queue().nowMicros();
            boolean isPlanned = lookAtMicros > now && lookAtMicros <= now + delayMicros;
            if (!isPlanned) {
                lookAtMicros = now + delayMicros;
                world.queue().in(delayMicros, node.name() + " looks at its clock", this::wakeUp);
            }
        }

        @Override
        public void stop() {
            if (over) {
                return;
            }
            over = true;
            try {
                driven.end();
            } catch (StoreException | LogException e) {
                fail(e);
            }
        }
    }
}
