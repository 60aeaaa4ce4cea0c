package dev.reprise.testkit.sim;

import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.CallResolver;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.invoker.AttemptViews;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.Tables;
import dev.reprise.engine.processor.PartitionFlush;
import dev.reprise.engine.processor.PartitionProcessor;
import dev.reprise.engine.processor.ResponseRegistry;
import dev.reprise.engine.processor.ResponseRegistry.Waiting;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.StoreException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.testkit.sim.Disks.NodeDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of an engine's process: the real processors, invokers and response registry on a simulated log, store, clock and
 * transport. It has no thread; the queue polls its processors.
 */
final class SimulatedNode {
    private static final long POLL_MICROS_MAX = 200;
    private static final long SLOW_POLL_MICROS_MAX = 200_000;
    private static final long IDLE_MICROS_MAX = 1_000_000;
    private static final long EXIT_MICROS_MAX = 50_000;
    private static final long STOPPED_MICROS_MAX = 300_000;
    private static final List<Long> FLUSH_EVERY_BYTES = List.of(1L, 300L, 3_000L, 30_000L);

    private final World world;
    private final Cluster cluster;
    private final String name;
    private final NodeDisk disk;
    private final RandomGenerator random;
    private final CallResolver calls;
    private final ResponseRegistry responses;
    private final List<PartitionProcessor> processors = new ArrayList<>();
    private final List<PartitionFlush> flushes = new ArrayList<>();
    private final List<AttemptViews> views = new ArrayList<>();
    private final List<SimulatedStream> streams = new ArrayList<>();
    private final List<Runnable> connections = new ArrayList<>();
    private final boolean[] pollPlanned;
    private final boolean[] stopped;
    private final long[] lookAtMicros;
    private long pollMicrosMax = POLL_MICROS_MAX;
    private boolean alive = true;
    private boolean failed;

    SimulatedNode(World world, Cluster cluster, String name, NodeDisk disk) {
        this.world = world;
        this.cluster = cluster;
        this.name = name;
        this.disk = disk;
        this.random = world.dice().split();
        this.calls = new CallResolver(cluster.registry(), cluster.config(), world.clock(), random);
        this.responses = new ResponseRegistry(random.nextLong());
        this.lookAtMicros = new long[cluster.config().partitions()];
        this.pollPlanned = new boolean[cluster.config().partitions()];
        this.stopped = new boolean[cluster.config().partitions()];
    }

    void start() {
        guard(() -> {
            try {
                for (int partition = 0; partition < cluster.config().partitions(); partition++) {
                    processors.add(processor(partition));
                    flushes.add(flush(partition));
                    wake(partition);
                }
            } catch (StoreException e) {
                exit(e);
            }
        });
    }

    private PartitionProcessor processor(int partition) {
        Tables tables = new Tables(disk.rows(partition));
        return new PartitionProcessor(
                partition,
                disk.log(),
                new PartitionStateMachine(partition, cluster.partitioning()),
                tables,
                proposals -> {
                    Invoker invoker = new Invoker(
                            cluster.config(), cluster.registry(), calls, this::open, proposals, tables, random);
                    views.add(invoker.views());
                    return invoker;
                },
                new PartitionProcessor.Ports() {
                    @Override
                    public void send(int partition, PartitionRecord record) {
                        sendToPartition(partition, record);
                    }

                    @Override
                    public void respond(RequestId request, Response response) {
                        responses.respond(request, response);
                    }
                },
                world.clock(),
                () -> wake(partition));
    }

    private void sendToPartition(int destination, PartitionRecord record) {
        processors.get(destination).propose(record, Urgency.NOW);
        if (world.strikes(Fault.DUPLICATE_MESSAGE)) {
            world.queue()
                    .in(
                            world.dice().micros(IDLE_MICROS_MAX),
                            name + " repeats a message",
                            () -> guard(() -> processors.get(destination).propose(record, Urgency.NOW)));
        }
    }

    private AttemptStream open(AttemptHead head, AttemptListener listener) {
        streams.removeIf(SimulatedStream::isOver);
        SimulatedStream stream = new SimulatedStream(world, this, head, listener, cluster.nextStream());
        checks().streamOpened(stream);
        streams.add(stream);
        stream.connect(cluster.deployment());
        return stream;
    }

    Checks checks() {
        return cluster.checks();
    }

    String name() {
        return name;
    }

    NodeDisk disk() {
        return disk;
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether every partition has a leader here. */
    boolean leads() {
        boolean leads = alive && !failed;
        for (int partition = 0; leads && partition < stopped.length; partition++) {
            leads = !stopped[partition] && processors.get(partition).leads();
        }
        return leads;
    }

    /** Whether nothing it appended is on its way. */
    boolean isIdle() {
        return disk.isIdle();
    }

    List<SimulatedStream> streams() {
        return streams;
    }

    PartitionProcessor processor(InvocationId id) {
        return processors.get(cluster.partitioning().partitionOf(id));
    }

    /** What runs in a partition, or waits to. */
    List<AttemptView> attempts(int partition) {
        return views.get(partition).all();
    }

    long appliedLsn(int partition) {
        return processors.get(partition).tables().appliedLsn();
    }

    /** Brings everything that was applied to its store. */
    void commit() {
        processors.forEach(PartitionProcessor::commit);
    }

    long epoch(InvocationId id) {
        return processor(id).tables().epoch();
    }

    /** Runs code of the engine: where it dies, the node dies, and where its log has failed, it does so soon. */
    void guard(Runnable engine) {
        if (!alive || failed) {
            return;
        }
        try {
            engine.run();
        } catch (SimulatedCrash crash) {
            die();
        } catch (LogException e) {
            exit(e);
        }
    }

    private void exit(RuntimeException cause) {
        failed = true;
        world.queue().in(world.dice().micros(EXIT_MICROS_MAX), name + " exits: " + cause.getMessage(), this::die);
    }

    private void wake(int partition) {
        planPoll(partition, world.dice().micros(pollMicrosMax));
    }

    private void planPoll(int partition, long delayMicros) {
        if (alive && !pollPlanned[partition]) {
            pollPlanned[partition] = true;
            world.queue().in(delayMicros, name + " polls " + partition, () -> {
                pollPlanned[partition] = false;
                guard(() -> poll(partition));
            });
        }
    }

    private void poll(int partition) {
        if (stopped[partition]) {
            return;
        }
        PartitionProcessor processor = processors.get(partition);
        boolean more;
        try {
            more = processor.poll();
            flushes.get(partition).beginIfDue(processor);
        } catch (StoreException e) {
            stop(partition, e);
            return;
        }
        checks().polled(this, partition, processor.tables());
        if (more) {
            wake(partition);
        } else {
            wakeInTime(partition, processor.nextWakeUpMillis());
        }
    }

    /** As the engine does when the store fails: the partition stops, the others go on until somebody starts it again. */
    private void stop(int partition, StoreException cause) {
        stopped[partition] = true;
        world.trace().add("  " + name + " stops partition " + partition);
        responses.end(partition, new EngineException(EngineException.UNAVAILABLE, "stopped: " + cause.getMessage()));
        processors.get(partition).close();
        world.queue().in(world.dice().micros(STOPPED_MICROS_MAX), name + " is started again", this::die);
    }

    private void wakeInTime(int partition, long atMillis) {
        if (atMillis == Long.MAX_VALUE) {
            return;
        }
        long waitMicros = Math.max(0, atMillis - world.clock().millis()) * 1000;
        long atMicros = world.queue().nowMicros() + Math.min(IDLE_MICROS_MAX, waitMicros);
        boolean planned = lookAtMicros[partition] > world.queue().nowMicros() && lookAtMicros[partition] <= atMicros;
        if (!planned) {
            lookAtMicros[partition] = atMicros;
            world.queue().in(atMicros - world.queue().nowMicros(), name + " looks at its clock", () -> wake(partition));
        }
    }

    private PartitionFlush flush(int partition) {
        return new PartitionFlush(
                partition,
                disk.log(),
                disk.rows(partition),
                world.dice().pick(FLUSH_EVERY_BYTES),
                flush -> later("flushes", () -> {
                    // The successor of a deposed node began with what was flushed before, and needs the log from there.
                    if (cluster.leader() == this) {
                        flush.run();
                    }
                }),
                failure -> world.trace().add("  " + name + " keeps its log: " + failure.getMessage()));
    }

    private void later(String what, Runnable engine) {
        world.queue().in(world.dice().micros(EXIT_MICROS_MAX), name + " " + what, () -> guard(engine));
    }

    /** Its process is gone, at once. */
    void die() {
        if (alive) {
            alive = false;
            world.trace().add("  " + name + " is dead");
            disk.crash();
            streams.forEach(SimulatedStream::nodeDied);
            List.copyOf(connections).forEach(Runnable::run);
            cluster.died(this);
        }
    }

    /** From now on its processors come late to see what the log holds, while its streams go on. */
    void slowDown() {
        pollMicrosMax = SLOW_POLL_MICROS_MAX;
    }

    /** What a client does when its connection breaks. */
    void onDeath(Runnable connectionBroken) {
        connections.add(connectionBroken);
    }

    /**
     * Up to which LSN an attempt's journal must be known when it is opened: a leader that counts has applied what earlier
     * attempts said; one that was deposed, and does not know, only what it has applied.
     */
    long knownLsn(InvocationId id) {
        Replica replica = checks().replica(id);
        long applied = processor(id).tables().appliedLsn();
        return epoch(id) == replica.epoch() ? replica.appliedLsn() : applied;
    }

    /** Calls a handler. */
    CompletableFuture<Response> call(Call call) {
        Waiting waiting = responses.newRequest();
        return invoke(call, waiting, new ResponseSink.Client(waiting.id()), null);
    }

    /** Lets a handler be called. */
    CompletableFuture<Response> send(Call call) {
        Waiting waiting = responses.newRequest();
        return invoke(call, waiting, null, waiting.id());
    }

    private CompletableFuture<Response> invoke(
            Call call, Waiting waiting, @Nullable ResponseSink sink, @Nullable RequestId submit) {
        guard(() -> {
            var request = calls.resolve(call, Origin.Client.INSTANCE, sink, submit);
            Optional<String> shortage = shortage(request.id());
            if (shortage.isPresent()) {
                if (call.idempotencyKey() == null && request.target().kind() != InvocationTarget.Kind.WORKFLOW_RUN) {
                    checks().refused(request.id());
                }
                waiting.response()
                        .completeExceptionally(new EngineException(EngineException.UNAVAILABLE, shortage.get()));
                return;
            }
            propose(request.id(), waiting, new PartitionRecord.Invoke(request));
        });
        return waiting.response();
    }

    /** As the engine does: why nothing new is taken on. */
    private Optional<String> shortage(InvocationId id) {
        return disk.log().health().shortage().or(processor(id)::waitsFor);
    }

    /** Asks something of an invocation. */
    CompletableFuture<Response> ask(InvocationId target, Function<RequestId, PartitionRecord> record) {
        Waiting waiting = responses.newRequest();
        guard(() -> propose(target, waiting, record.apply(waiting.id())));
        return waiting.response();
    }

    private void propose(InvocationId target, Waiting waiting, PartitionRecord record) {
        responses.expect(cluster.partitioning().partitionOf(target), waiting);
        if (!waiting.response().isDone()) {
            processor(target).propose(record, Urgency.NOW);
        }
    }
}
