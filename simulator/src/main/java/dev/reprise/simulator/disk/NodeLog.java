package dev.reprise.simulator.disk;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import dev.reprise.simulator.disk.SimulatedLog.Appended;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log as one node sees it. Appended records gather while a force runs, and become durable together when the next
 * one ends. A crash, or a force that fails, lets some of the first of them become durable, perhaps later, and loses the
 * rest.
 */
final class NodeLog implements Log {
    private static final long FORCE_MICROS_MAX = 2_000;
    private static final long NOW_MICROS_MAX = 100;
    private static final long SOON_MICROS_MAX = 4_000;
    private static final long LATE_MICROS_MAX = 50_000;
    private static final long FULL_MICROS_MAX = 500_000;
    private static final double ARRIVES_LATE = 0.3;
    private static final double SHORT_POLL = 0.3;

    private final World world;
    private final SimulatedLog log;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Appended> gathering = new ArrayList<>();
    private List<Appended> forcing = List.of();
    private long fullUntilMicros;
    private boolean failed;
    private boolean closed;

    NodeLog(World world, SimulatedLog log) {
        this.world = world;
        this.log = log;
    }

    /** Whether nothing is on its way. */
    boolean isIdle() {
        return gathering.isEmpty() && forcing.isEmpty();
    }

    @Override
    public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
        requireUsable();
        world.crashPoint("before an append");
        gathering.add(new Appended(partition, appendTimeMillis, payload));
        long delay = world.dice().micros(urgency == Urgency.NOW ? NOW_MICROS_MAX : SOON_MICROS_MAX);
        world.queue().in(delay, "force begins", this::beginForce);
        world.crashPoint("after an append");
    }

    private void requireUsable() {
        if (failed || closed) {
            throw new LogException(failed ? "the simulated disk has failed" : "the log is closed");
        }
    }

    private void beginForce() {
        if (!failed && !closed && forcing.isEmpty() && !gathering.isEmpty() && hasRoom()) {
            forcing = List.copyOf(gathering);
            gathering.clear();
            world.queue().in(world.dice().micros(FORCE_MICROS_MAX), "force of " + forcing.size(), this::endForce);
        }
    }

    /** Whether there is room to write; if not, the force begins later. */
    private boolean hasRoom() {
        long now = world.queue().nowMicros();
        if (fullUntilMicros <= now && world.strikes(Fault.LOG_FULL)) {
            fullUntilMicros = now + world.dice().micros(FULL_MICROS_MAX);
            world.trace().add("  the disk is full");
        }
        if (fullUntilMicros <= now) {
            return true;
        }
        world.queue().in(fullUntilMicros - now, "room again", this::beginForce);
        return false;
    }

    @Override
    public LogHealth health() {
        Optional<String> full = Optional.of("the simulated disk is full")
                .filter(_ -> fullUntilMicros > world.queue().nowMicros());
        return new LogHealth(
                Optional.of("the simulated disk has failed").filter(_ -> failed), full, full, Optional.empty());
    }

    private void endForce() {
        if (failed || closed) {
            return;
        }
        if (world.strikes(Fault.DISK_FAILURE)) {
            world.trace().add("  the disk fails");
            failed = true;
            tear();
            wakeReaders();
            return;
        }
        List<Appended> forced = forcing;
        forcing = List.of();
        log.store(forced);
        beginForce();
    }

    /** Appends nothing more; the records that were being forced may be durable up to some point. */
    void crash() {
        if (!closed) {
            closed = true;
            tear();
            log.disconnect(this);
        }
    }

    private void tear() {
        List<Appended> survivors = forcing.subList(0, world.dice().between(0, forcing.size()));
        forcing = List.of();
        gathering.clear();
        if (world.dice().chance(ARRIVES_LATE)) {
            world.queue().in(world.dice().micros(LATE_MICROS_MAX), "the last words arrive", () -> log.store(survivors));
        } else {
            log.store(survivors);
        }
    }

    void wakeReaders() {
        readers.forEach(reader -> reader.onRecords.run());
    }

    @Override
    public LogReader open(int partition, long afterLsn, Runnable onRecords) {
        requireUsable();
        if (afterLsn < log.trimmedUpTo(partition)) {
            throw new LogException("partition " + partition + " wants records behind LSN " + afterLsn
                    + ", but they were trimmed up to LSN " + log.trimmedUpTo(partition));
        }
        Reader reader = new Reader(partition, afterLsn, onRecords);
        readers.add(reader);
        return reader;
    }

    @Override
    public void trim(int partition, long upToLsnInclusive) {
        log.trim(partition, upToLsnInclusive);
    }

    @Override
    public void close() {
        crash();
    }

    private final class Reader implements LogReader {
        private final int partition;
        private final Runnable onRecords;
        private long readLsn;

        private Reader(int partition, long afterLsn, Runnable onRecords) {
            this.partition = partition;
            this.readLsn = afterLsn;
            this.onRecords = onRecords;
        }

        @Override
        public List<LogRecord> poll(int recordsMax) {
            requireUsable();
            int max = world.dice().chance(SHORT_POLL) ? world.dice().between(1, 3) : recordsMax;
            List<LogRecord> found = new ArrayList<>();
            for (LogRecord record : log.behind(partition, readLsn)) {
                if (found.size() == max) {
                    break;
                }
                found.add(record);
                readLsn = record.lsn();
            }
            return found;
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
