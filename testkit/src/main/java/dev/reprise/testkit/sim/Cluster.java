package dev.reprise.testkit.sim;

import dev.reprise.engine.EngineConfig;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine's runs over time: one leads, and when it dies another begins with what it left. Now and then another takes
 * over while the first goes on, a zombie.
 */
final class Cluster {
    private static final long RESTART_MICROS_MAX = 200_000;
    private static final long ZOMBIE_MICROS_MAX = 500_000;

    private final World world;
    private final EngineConfig config;
    private final Registry registry;
    private final SimulatedDeployment deployment;
    private final Checks checks;
    private final SimulatedLog log;
    private final List<SimulatedNode> zombies = new ArrayList<>();
    private SimulatedNode leader;
    private int nodes;
    private long streams;

    Cluster(World world, EngineConfig config, Registry registry, SimulatedDeployment deployment, Checks checks) {
        this.world = world;
        this.config = config;
        this.registry = registry;
        this.deployment = deployment;
        this.checks = checks;
        this.log = new SimulatedLog(world, config.partitions(), checks);
        this.leader = node(new SimulatedStore(world));
    }

    private SimulatedNode node(SimulatedStore store) {
        return new SimulatedNode(world, this, "node" + nodes++, store);
    }

    void start() {
        leader.start();
    }

    EngineConfig config() {
        return config;
    }

    Partitioning partitioning() {
        return new Partitioning(config.partitions());
    }

    Registry registry() {
        return registry;
    }

    SimulatedDeployment deployment() {
        return deployment;
    }

    Checks checks() {
        return checks;
    }

    SimulatedLog log() {
        return log;
    }

    long nextStream() {
        return streams++;
    }

    /** The node that clients find; empty while none is up. */
    Optional<SimulatedNode> reachable() {
        return Optional.of(leader).filter(SimulatedNode::isAlive);
    }

    SimulatedNode leader() {
        return leader;
    }

    void crash() {
        leader.die();
    }

    /** A node is dead; the leader is followed by another that begins with what is left. */
    void died(SimulatedNode node) {
        zombies.remove(node);
        if (node == leader) {
            world.queue().in(world.dice().micros(RESTART_MICROS_MAX), "restart", () -> {
                if (node == leader) {
                    succeed();
                }
            });
        }
    }

    /** Another node takes over, for which the first one is not dead but only slow. */
    void depose() {
        SimulatedNode deposed = leader;
        if (deposed.leads()) {
            zombies.add(deposed);
            succeed();
            world.queue().in(world.dice().micros(ZOMBIE_MICROS_MAX), deposed.name() + " dies at last", deposed::die);
        }
    }

    private void succeed() {
        SimulatedStore left = leader.store().afterCrash(config.partitions());
        leader = node(left);
        world.trace().add("  " + leader.name() + " takes over");
        leader.start();
    }

    /** All that are alive, the one that leads last. */
    List<SimulatedNode> alive() {
        List<SimulatedNode> alive = new ArrayList<>(zombies);
        alive.add(leader);
        alive.removeIf(node -> !node.isAlive());
        return alive;
    }

    /** Whether one node leads and has applied all there is. */
    boolean isSettled() {
        boolean settled = zombies.isEmpty() && leader.leads() && leader.isIdle();
        for (int partition = 0; settled && partition < config.partitions(); partition++) {
            settled = leader.appliedLsn(partition) == log.lastLsn(partition);
        }
        return settled;
    }
}
