package dev.reprise.engine.processor;

import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.invoker.Proposals;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.machine.Outbox;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.StoreException;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.TimeSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wheel of one partition: reads durable records, applies them, carries out the actions, and commits when enough has
 * gathered. It owns no thread; one and the same thread always calls {@link #poll}. Any thread proposes records.
 *
 * <p>This is state machine replication. The log is the only input, {@code apply} is deterministic, and so every process
 * that reads the log reaches the same state. The stored tables are a snapshot: after a crash the processor applies the
 * log again from the LSN they contain. Leadership is a record in the same log, so that all agree where it begins.
 *
 * <pre>
 *               log is read to its end:            reads its own
 *               appends AnnounceLeader             announcement
 *   following ───────────────────────► announced ───────────────► leading
 *       ▲                                  │ it is void:             │ reads that of another
 *       └──────────────────────────────────┘ another led meanwhile   ▼
 *                                                                 deposed
 *
 *   poll:  tasks, reads ─► a batch of records ─► apply each ─► actions ─► commit if full ─► timers, attempts
 *                                                   │             │
 *                                         follower: drop    leader: carry out, in this order
 * </pre>
 *
 * <p>A record is read only once it is durable, and actions follow from records alone; so nothing leaves the node before
 * its cause is durable. The commit comes last, because no action waits for the store. When the store has no room, the
 * processor applies nothing more until it has.
 */
public final class PartitionProcessor implements Proposals {
    private static final Logger logger = LoggerFactory.getLogger(PartitionProcessor.class);
    private static final int RECORDS_PER_BATCH_MAX = 2_000;
    /** Sends answers of this size before it applies more records: those read from the store are held only here. */
    private static final long ANSWERED_BYTES_MAX = 1 << 20;
    /** How often to try whether the store has room again. */
    private static final long ROOM_RETRY_MILLIS = 500;

    private static final long NEVER_MILLIS = Long.MAX_VALUE / 2;

    /** Something to look up, and the future that gets the result. */
    private record Read<T>(Function<PartitionProcessor, T> reading, CompletableFuture<T> result) {
        void perform(PartitionProcessor processor) {
            try {
                result.complete(reading.apply(processor));
            } catch (RuntimeException e) {
                if (e instanceof StoreException full && full.isForWantOfRoom()) {
                    processor.waitForRoom(full);
                    result.completeExceptionally(
                            new EngineException(EngineException.UNAVAILABLE, String.valueOf(e.getMessage()), e));
                    return;
                }
                result.completeExceptionally(new EngineException(
                        EngineException.UNAVAILABLE, "partition " + processor.partition + " has stopped: " + e, e));
                throw e;
            }
        }
    }

    /** What this run of the node is to the partition; the transitions are drawn above. */
    private enum Role {
        FOLLOWING,
        ANNOUNCED,
        LEADING,
        DEPOSED
    }

    /** What surrounds a partition: the other partitions, the clients, and the observer. */
    public interface Ports {
        /** This run of the node, as in {@link RequestId}. */
        long run();

        /** Hands a message to another partition. */
        void send(int partition, PartitionRecord record);

        /** Answers a client's request. If nobody waits for it, another process has received it. */
        void respond(RequestId request, Response response);

        /** Called when an invocation may run for the first time, once that is durable. */
        default void started(Invocation invocation) {}

        /** Called when an invocation that has run has a result, once that is durable. */
        default void ended(Invocation invocation, Result result) {}
    }

    private final int partition;
    private final Log log;
    private final LogReader reader;
    private final PartitionStateMachine machine;
    private final PartitionTables tables;
    private final TimerQueue timers;
    private final Invoker invoker;
    private final Ports ports;
    private final TimeSource clock;
    private final Runnable wakeUp;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Read<?>> reads = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean closed;
    /** Why it stands still until the store has room; null while it does not. */
    private volatile @Nullable StoreException noRoom;

    private long roomRetryAtMillis;
    private Role role = Role.FOLLOWING;
    private long appliedBytes;

    /**
     * A processor.
     *
     * @param invokerOf makes the invoker, which proposes by way of this processor
     * @param clock the time of timers and records; what passes of it too if it is a {@link TimeSource} or the system's
     * @param wakeUp called from any thread when {@link #poll} has something to do
     */
    public PartitionProcessor(
            int partition,
            Log log,
            PartitionStateMachine machine,
            PartitionTables tables,
            Function<Proposals, Invoker> invokerOf,
            Ports ports,
            InstantSource clock,
            Runnable wakeUp) {
        this.partition = partition;
        this.log = log;
        this.machine = machine;
        this.tables = tables;
        this.timers = new TimerQueue(tables);
        this.ports = ports;
        this.clock = TimeSource.of(clock);
        this.wakeUp = wakeUp;
        this.invoker = invokerOf.apply(this);
        this.reader = log.open(partition, tables.appliedLsn(), wakeUp);
    }

    @Override
    public void propose(PartitionRecord record, Urgency urgency) {
        log.append(partition, clock.millis(), PartitionRecordCodec.encode(record), urgency);
    }

    @Override
    public long wallMillis() {
        return clock.millis();
    }

    @Override
    public long steadyMillis() {
        return clock.steadyMillis();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wakeUp.run();
    }

    /**
     * Reads on the partition's thread. Fails with {@link EngineException#UNAVAILABLE} when the processor has been
     * closed, and when the store cannot be read, which stops the partition.
     */
    public <T> CompletableFuture<T> read(Function<PartitionProcessor, T> reading) {
        CompletableFuture<T> result = new CompletableFuture<>();
        reads.add(new Read<>(reading, result));
        wakeUp.run();
        if (closed) {
            failReads();
        }
        return result;
    }

    private void failReads() {
        for (Read<?> read = reads.poll(); read != null; read = reads.poll()) {
            read.result()
                    .completeExceptionally(new EngineException(
                            EngineException.UNAVAILABLE, "partition " + partition + " has stopped"));
        }
    }

    public boolean leads() {
        return role == Role.LEADING;
    }

    public PartitionTables tables() {
        return tables;
    }

    /** Brings what was applied to the store; answers up to which LSN that is. */
    public long commit() {
        tables.commit();
        return tables.appliedLsn();
    }

    /** As {@link #commit}; empty if the store has no room, for which the processor then waits. */
    OptionalLong commitIfRoom() {
        return noRoom == null && attempt(tables::commit) ? OptionalLong.of(tables.appliedLsn()) : OptionalLong.empty();
    }

    /** Writes to the store; answers whether it had room. */
    private boolean attempt(Runnable commit) {
        try {
            commit.run();
            return true;
        } catch (StoreException e) {
            if (!e.isForWantOfRoom()) {
                throw e;
            }
            waitForRoom(e);
            return false;
        }
    }

    private void waitForRoom(StoreException cause) {
        if (noRoom == null) {
            logger.error("partition {} waits for room on its disk, and then goes on", partition, cause);
        }
        noRoom = cause;
        roomRetryAtMillis = clock.steadyMillis() + ROOM_RETRY_MILLIS;
    }

    /**
     * Whether the processor must apply nothing more until the store has taken all changes and flushed them to its disk.
     * A write alone proves nothing: the store accepts it into memory as long as it has hope, and would stall again at
     * once.
     */
    private boolean stillWaitsForRoom() {
        if (noRoom != null && clock.steadyMillis() >= roomRetryAtMillis && attempt(tables::commitAndFlush)) {
            noRoom = null;
            logger.info("partition {} has room again", partition);
        }
        return noRoom != null;
    }

    /** Why it stands still until the store has room; empty while it does not. Any thread. */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(noRoom).map(StoreException::getMessage);
    }

    /** The bytes of the records applied since the last reset. */
    public long appliedBytes() {
        return appliedBytes;
    }

    public void resetAppliedBytes() {
        appliedBytes = 0;
    }

    /** Does what there is to do; answers whether there may be more at once. */
    public boolean poll() {
        long now = clock.steadyMillis();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (Read<?> read = reads.poll(); read != null; read = reads.poll()) {
            read.perform(this);
        }
        if (stillWaitsForRoom()) {
            return false;
        }
        List<LogRecord> records = reader.poll(RECORDS_PER_BATCH_MAX);
        if (!records.isEmpty()) {
            apply(records, now);
        } else if (role == Role.FOLLOWING) {
            role = Role.ANNOUNCED;
            propose(new PartitionRecord.AnnounceLeader(ports.run(), tables.epoch()), Urgency.NOW);
        }
        if (leads()) {
            timers.fire(clock.millis(), timer -> propose(new PartitionRecord.TimerFired(timer), Urgency.NOW));
            if (records.isEmpty() && timers.wantsLoad()) {
                timers.load();
            }
            invoker.tick(now);
        }
        tellIfDrained();
        return !records.isEmpty();
    }

    /**
     * When {@link #poll} has something to do without being woken, in milliseconds since the epoch, as long as nobody
     * sets the clock; {@link Long#MAX_VALUE} for never.
     */
    public long nextWakeUpMillis() {
        if (noRoom != null) {
            return roomRetryAtMillis + clock.millis() - clock.steadyMillis();
        }
        if (!leads()) {
            return Long.MAX_VALUE;
        }
        long attempts = invoker.nextWakeUpMillis();
        long atMillis = attempts >= NEVER_MILLIS ? Long.MAX_VALUE : attempts + clock.millis() - clock.steadyMillis();
        return Math.min(timers.nextWakeUpMillis(), atMillis);
    }

    private void apply(List<LogRecord> records, long now) {
        List<Action> actions = new ArrayList<>();
        long answeredBytes = 0;
        for (LogRecord record : records) {
            PartitionRecord decoded = PartitionRecordCodec.decode(record.payload());
            List<Action> caused = machine.apply(record.lsn(), record.appendTimeMillis(), decoded, tables);
            appliedBytes += record.payload().size();
            if (leads()) {
                if (decoded instanceof PartitionRecord.FromAttempt fromAttempt) {
                    invoker.applied(fromAttempt, now);
                }
                actions.addAll(caused);
            } else {
                // This leader may have been asked before it read its announcement; nobody else can answer.
                caused.stream()
                        .filter(action -> action instanceof Action.Respond)
                        .forEach(actions::add);
            }
            if (decoded instanceof PartitionRecord.AnnounceLeader announcement) {
                announced(announcement, tables.epoch() == record.lsn(), actions, now);
            }
            answeredBytes += resultBytes(caused);
            if (answeredBytes > ANSWERED_BYTES_MAX) {
                tables.applied(record.lsn());
                carryOut(actions, now);
                actions.clear();
                answeredBytes = 0;
            }
        }
        tables.applied(records.getLast().lsn());
        carryOut(actions, now);
        // Last: the log has the changes, and no action waits for the store.
        attempt(tables::commitIfFull);
    }

    private static long resultBytes(List<Action> actions) {
        long bytes = 0;
        for (Action action : actions) {
            if (action instanceof Action.Respond(RequestId _, Response.Completed completed)) {
                bytes += completed.value().size();
            }
        }
        return bytes;
    }

    /** A leader has announced itself; its announcement is in force or void. */
    private void announced(
            PartitionRecord.AnnounceLeader announcement, boolean inForce, List<Action> actions, long now) {
        if (announcement.run() == ports.run()) {
            if (inForce) {
                lead(now);
            } else {
                role = Role.FOLLOWING;
            }
        } else if (inForce && leads()) {
            stepDown(actions);
        }
    }

    private void lead(long now) {
        role = Role.LEADING;
        timers.load();
        long lastSent = 0;
        for (Outbox.Message message : Outbox.unconfirmed(tables)) {
            send(message.sequence(), message.partition(), message.record());
            lastSent = message.sequence();
        }
        confirm(lastSent);
        tables.invocations().forEachRunnable(tables.epoch(), attempt -> {
            invoker.start(attempt, now);
            return true;
        });
    }

    /**
     * Another leader has taken over: this one must not act upon what that one's attempts say, or upon what follows from
     * it.
     */
    private void stepDown(List<Action> actions) {
        role = Role.DEPOSED;
        invoker.close();
        actions.removeIf(action -> !(action instanceof Action.Respond));
    }

    private void carryOut(List<Action> actions, long now) {
        long lastSent = 0;
        for (Action action : actions) {
            switch (action) {
                case Action.StartAttempt a -> invoker.start(a.attempt(), now);
                case Action.ForwardNotification a -> invoker.forward(a, now);
                case Action.AckRun a -> invoker.ackRun(a, now);
                case Action.HaltAttempt a -> invoker.halt(a.invocationId(), now);
                case Action.AbortAttempt a -> invoker.abort(a.invocationId());
                case Action.RetryNow a -> invoker.retryNow(a.invocationId(), now);
                case Action.RegisterTimer a -> timers.add(a.timer());
                case Action.DeleteTimer a -> timers.remove(a.timer());
                case Action.SendToPartition a -> {
                    send(a.sequence(), a.partition(), a.record());
                    lastSent = a.sequence();
                }
                case Action.Respond a -> ports.respond(a.requestId(), a.response());
                case Action.InvocationStarted a -> ports.started(a.invocation());
                case Action.InvocationEnded a -> ports.ended(a.invocation(), a.result());
            }
        }
        confirm(lastSent);
    }

    /** Lets the outbox be forgotten up to a message; 0 for none. */
    private void confirm(long lastSent) {
        if (lastSent > 0) {
            // One log holds both, and this record comes after the message: once it is durable, so is the message.
            propose(new PartitionRecord.OutboxDelivered(lastSent), Urgency.SOON);
        }
    }

    private void send(long sequence, int destination, PartitionRecord record) {
        ports.send(destination, new PartitionRecord.FromPartition(partition, sequence, record));
    }

    /** Opens no more attempts; the answer completes when those that are open have come to an end. */
    public CompletableFuture<@Nullable Void> drain() {
        if (!invoker.isDrained()) {
            invoker.drain(clock.steadyMillis());
        }
        tellIfDrained();
        return drained;
    }

    private void tellIfDrained() {
        if (invoker.isDrained()) {
            drained.complete(null);
        }
    }

    /** Ends all attempts; the state stays as it is. */
    public void close() {
        closed = true;
        failReads();
        invoker.close();
        drained.complete(null);
        reader.close();
    }
}
