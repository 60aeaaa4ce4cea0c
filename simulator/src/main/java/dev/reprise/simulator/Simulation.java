package dev.reprise.simulator;

import dev.reprise.engine.EngineParts;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.Manifests;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.simulator.check.AnswersFit;
import dev.reprise.simulator.check.AttemptsGetTheirTime;
import dev.reprise.simulator.check.Check;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.check.Families;
import dev.reprise.simulator.check.HandlersMakeNoMistakes;
import dev.reprise.simulator.check.JournalsOnlyGrow;
import dev.reprise.simulator.check.NothingGoesBack;
import dev.reprise.simulator.check.NothingLeavesEarly;
import dev.reprise.simulator.check.OneAtATimeOnAnObject;
import dev.reprise.simulator.check.OneAttemptAtATime;
import dev.reprise.simulator.check.PausesWait;
import dev.reprise.simulator.check.RecordedRunsStay;
import dev.reprise.simulator.check.RefusedStaysOut;
import dev.reprise.simulator.check.Replica;
import dev.reprise.simulator.check.RetriesAreCounted;
import dev.reprise.simulator.check.RetriesComeInTime;
import dev.reprise.simulator.check.TokensCountOnce;
import dev.reprise.simulator.disk.Disks;
import dev.reprise.simulator.disk.Disks.NodeDisk;
import dev.reprise.simulator.program.Services;
import dev.reprise.simulator.world.Baton;
import dev.reprise.simulator.world.Dice;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.Trace;
import dev.reprise.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One simulation: an engine, its handlers and its clients in one logical thread, with everything that happens drawn
 * from a seed. It ends well or with a {@link SimulationFailure}.
 */
final class Simulation {
    private static final int PARTITIONS = 2;
    private static final long FAULTS_MICROS_MAX = 2_000_000;
    private static final long EVENTS_MAX = 200_000;
    private static final Duration ABORT_TIMEOUT = EngineConfig.DEFAULT.abortTimeout();
    private static final List<Duration> JOURNAL_RETENTIONS =
            List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofDays(1), Duration.ofDays(1));
    private static final int EVENTS_PER_LOOK = 50;

    private final World world;
    private final Baton baton;
    private final Checks checks;
    private final SimulatedExternalWorld outside;
    private final Cluster cluster;
    private final Families families = new Families();
    private final AnswersFit answers = new AnswersFit(families);
    private final SimulatedClients clients;

    /** A simulation; see {@link Engines} for what is planted. */
    Simulation(long seed, Consumer<String> traceSink, Disks.Maker maker, UnaryOperator<EngineParts> planting) {
        world = new World(seed, traceSink);
        baton = new Baton(world);
        EngineConfig config = config();
        checks = new Checks(new Partitioning(PARTITIONS), allChecks(config));
        outside = new SimulatedExternalWorld(world, baton, checks);
        List<ServiceDefinition> services = Services.of(outside);
        SimulatedDeployment deployment = new SimulatedDeployment(
                world,
                new InvocationHandler(
                        services, baton, world.clock(), world.dice().split()));
        Disks disks = maker.make(world, PARTITIONS, checks::durable);
        cluster = new Cluster(world, new Engines(config, registry(services), planting), deployment, checks, disks);
        clients = new SimulatedClients(world, cluster);
        outside.connect(clients);
    }

    private List<Check> allChecks(EngineConfig config) {
        return List.of(
                new HandlersMakeNoMistakes(world.trace()),
                new JournalsOnlyGrow(),
                new OneAttemptAtATime(),
                new OneAtATimeOnAnObject(),
                new RecordedRunsStay(),
                new NothingLeavesEarly(),
                new NothingGoesBack(),
                new RefusedStaysOut(),
                new PausesWait(),
                new AttemptsGetTheirTime(config, world.clock()),
                new RetriesComeInTime(world.clock()),
                new RetriesAreCounted(),
                families,
                answers,
                new TokensCountOnce(families));
    }

    private EngineConfig config() {
        Dice dice = world.dice();
        Duration inactivity = Duration.ofMillis(dice.between(50, 2_000));
        int attemptsMax = dice.chance(0.5) ? EngineConfig.DEFAULT.attemptsMax() : dice.between(2, 10);
        RetryPolicy retries = RetryPolicy.DEFAULT
                .withIntervals(Duration.ofMillis(dice.between(1, 100)), Duration.ofMillis(dice.between(100, 1_000)))
                .withMaxAttempts(dice.chance(0.7) ? 0 : dice.between(2, 5), RetryPolicyOnMaxAttempts.PAUSE);
        return EngineConfig.builder()
                .partitions(PARTITIONS)
                .inactivityTimeout(inactivity)
                .attemptsMax(attemptsMax)
                .abortTimeout(dice.chance(0.7) ? ABORT_TIMEOUT : Duration.ofMillis(dice.between(50, 2_000)))
                .eagerStateBytesMax(dice.pick(List.of(0L, 100L, EngineConfig.DEFAULT.eagerStateBytesMax())))
                .journalRetention(dice.pick(JOURNAL_RETENTIONS))
                .retryPolicy(retries)
                .build();
    }

    private Registry registry(List<ServiceDefinition> services) {
        EndpointManifest all = Manifests.of(services, ProtocolMode.BIDI_STREAM);
        int newest = world.dice().pick(List.of(ProtocolVersion.values())).number();
        EndpointManifest manifest =
                new EndpointManifest(ProtocolMode.BIDI_STREAM, all.minProtocolVersion(), newest, all.services(), null);
        Registry registry = new Registry(RegistryStore.NONE);
        registry.register(new Deployment(
                new DeploymentId(0, 1), new DeploymentEndpoint.InProcess(), manifest, null, Map.of(), 0));
        return registry;
    }

    /** Runs it, and answers the hash of its trace. */
    long run() {
        try {
            cluster.start();
            new Chaos(world, cluster, outside).begin();
            Workload workload = new Workload(world, clients, checks, answers);
            workload.begin();
            new Operator(world, clients, checks, families, workload.known()).begin();
            runUntilHealed();
            runUntilDone();
            compareWithReplay();
            return world.trace().hash();
        } finally {
            shutDown();
        }
    }

    long events() {
        return world.queue().executed();
    }

    Trace trace() {
        return world.trace();
    }

    private void runUntilHealed() {
        long untilMicros = world.dice().below((int) FAULTS_MICROS_MAX);
        while (world.queue().nowMicros() < untilMicros && world.queue().runNext()) {
            // Each event moves it forward.
        }
        world.heal();
    }

    private void runUntilDone() {
        long end = world.queue().executed() + EVENTS_MAX;
        while (!isDone()) {
            for (int i = 0; i < EVENTS_PER_LOOK; i++) {
                world.queue().runNext();
            }
            if (world.queue().executed() > end) {
                throw new SimulationFailure("not done " + EVENTS_MAX + " events after all faults ended: " + clients
                        + ", " + (cluster.isSettled() ? "settled, " : "not settled, ") + checks.unfinished());
            }
        }
        checks.ended();
    }

    private boolean isDone() {
        return clients.areDone() && cluster.isSettled() && checks.unfinished().isEmpty();
    }

    /**
     * The state that the leader leaves when it is closed must equal the one that an empty store gets from the whole
     * log.
     */
    private void compareWithReplay() {
        NodeDisk left = cluster.close();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Replica replayed = new Replica(partition, new Partitioning(PARTITIONS));
            for (LogRecord record : cluster.disks().records(partition)) {
                replayed.apply(record);
            }
            if (!replayed.entries().equals(left.entries(partition))) {
                throw new SimulationFailure("the store of partition " + partition + " is not what its log says");
            }
        }
    }

    private void shutDown() {
        cluster.deployment().shutDown();
        outside.deploymentDied(Integer.MAX_VALUE);
        while (baton.alive() > 0 && world.queue().runNext()) {
            // Threads end.
        }
        cluster.disks().close();
    }
}
