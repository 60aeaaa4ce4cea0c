package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.PartitionDriver.Standing;
import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.StoreException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.check.Replica;
import dev.reprise.simulator.check.WatchedNode;
import dev.reprise.simulator.disk.Disks.NodeDisk;
import dev.reprise.simulator.world.SimulatedCrash;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of an engine's process: the real engine, on a simulated log, store, clock and transport. It has no thread;
 * the queue calls its partitions.
 */
final class SimulatedNode implements WatchedNode {
    private static final long RESTART_MICROS_MAX = 300_000;
    private static final double CLOSED = 0.5;

    private final World world;
    private final Cluster cluster;
    private final String name;
    private final NodeDisk disk;
    private final RandomGenerator random;
    private final QueueDriver driver;
    private final List<SimulatedStream> streams = new ArrayList<>();
    private final List<Runnable> connections = new ArrayList<>();
    private final List<CompletableFuture<Response>> answers = new ArrayList<>();
    private @Nullable Engine engine;
    private boolean alive = true;
    private boolean hasFailed;

    SimulatedNode(World world, Cluster cluster, String name, NodeDisk disk) {
        this.world = world;
        this.cluster = cluster;
        this.name = name;
        this.disk = disk;
        this.random = world.dice().split();
        this.driver = new QueueDriver(world, this);
    }

    void start() {
        guard(() -> {
            try {
                engine = cluster.engines().start(parts());
            } catch (StoreException | LogException e) {
                failed(e);
            }
        });
    }

    private EngineParts parts() {
        return new EngineParts(
                cluster.engines().registry(),
                new RepeatingLog(world, this, disk.log()),
                disk.store(),
                this::open,
                new InvocationObserver() {
                    @Override
                    public void stopped(int partition, Throwable cause) {
                        world.trace().add("  " + name + " stops partition " + partition);
                        failed(cause);
                    }
                },
                world.clock(),
                random,
                driver);
    }

    /** Something has stopped until the engine is started again, which somebody notices after a while. */
    private void failed(Throwable cause) {
        if (!hasFailed) {
            hasFailed = true;
            String what = name + " is started again: " + cause.getMessage();
            world.queue().in(world.dice().micros(RESTART_MICROS_MAX), what, () -> {
                if (world.dice().chance(CLOSED)) {
                    close();
                } else {
                    die();
                }
            });
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

    @Override
    public String name() {
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
        return alive && engine != null && driver.leads();
    }

    /** The successor of a deposed node started with what was flushed before, and needs the log from there. */
    boolean mayFlush() {
        return cluster.leader() == this;
    }

    /** Whether nothing that it appended is on its way. */
    boolean isIdle() {
        return disk.isIdle();
    }

    @Override
    public List<AttemptView> attempts() {
        return engine == null ? List.of() : engine.views().attempts();
    }

    /** Whether the partition of an invocation is running. */
    boolean runs(InvocationId id) {
        return driver.runs(cluster.partitioning().partitionOf(id));
    }

    long appliedLsn(int partition) {
        return driver.standing(partition).appliedLsn();
    }

    long epoch(InvocationId id) {
        return standing(id).epoch();
    }

    private Standing standing(InvocationId id) {
        return driver.standing(cluster.partitioning().partitionOf(id));
    }

    /** Runs code of the engine; if that dies, the node dies. */
    void guard(Runnable code) {
        if (alive) {
            try {
                code.run();
            } catch (SimulatedCrash crash) {
                die();
            }
        }
    }

    /** The process is gone, at once. */
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

    /** Closes the engine, and its process ends. */
    void close() {
        guard(() -> {
            world.trace().add("  " + name + " closes");
            if (engine != null) {
                try {
                    engine.close();
                } catch (StoreException e) {
                    world.trace().add("  " + name + " cannot close: " + e.getMessage());
                }
                requireAllTold();
            }
        });
        die();
    }

    /** Requires that everybody who waited for the closed engine was told so. */
    private void requireAllTold() {
        long waiting = answers.stream().filter(answer -> !answer.isDone()).count();
        if (waiting > 0) {
            throw new SimulationFailure(waiting + " clients of " + name + " wait for an answer, and it is closed");
        }
    }

    /** Makes its partitions read the log late from now on, while its streams continue. */
    void slowDown() {
        driver.slowDown();
    }

    /** What a client does when its connection breaks. */
    void onDeath(Runnable connectionBroken) {
        connections.add(connectionBroken);
    }

    /**
     * Up to which LSN an attempt's journal must be known when it is opened: a leader that counts has applied everything
     * that earlier attempts said; a deposed one, which does not know that it is, only what it has applied.
     */
    long knownLsn(InvocationId id) {
        Replica replica = checks().replica(id);
        Standing standing = standing(id);
        return standing.epoch() == replica.epoch() ? replica.appliedLsn() : standing.appliedLsn();
    }

    /** Sends a request to its engine; there is no answer if the engine dies meanwhile. */
    CompletableFuture<Response> ask(Function<Engine, CompletableFuture<Response>> request) {
        AtomicReference<CompletableFuture<Response>> answer = new AtomicReference<>(new CompletableFuture<>());
        guard(() -> {
            if (engine != null) {
                answer.set(request.apply(engine));
                answers.removeIf(CompletableFuture::isDone);
                answers.add(answer.get());
            }
        });
        return answer.get();
    }
}
