package dev.reprise.simulator;

import dev.reprise.engine.partition.Partitioning;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.disk.Disks;
import dev.reprise.simulator.disk.Disks.NodeDisk;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine's runs over time: one leads, and when it dies, another one starts with what it left. From time to time
 * another one takes over while the first continues as a zombie.
 */
final class Cluster {
    private static final long RESTART_MICROS_MAX = 200_000;
    private static final long ZOMBIE_MICROS_MAX = 500_000;

    private final World world;
    private final Engines engines;
    private final SimulatedDeployment deployment;
    private final Checks checks;
    private final Disks disks;
    private final List<SimulatedNode> zombies = new ArrayList<>();
    private SimulatedNode leader;
    private int nodes;
    private boolean isClosed;
    private long streams;

    Cluster(World world, Engines engines, SimulatedDeployment deployment, Checks checks, Disks disks) {
        this.world = world;
        this.engines = engines;
        this.deployment = deployment;
        this.checks = checks;
        this.disks = disks;
        this.leader = node(disks.first());
    }

    private SimulatedNode node(NodeDisk disk) {
        return new SimulatedNode(world, this, "node" + nodes++, disk);
    }

    void start() {
        leader.start();
    }

    Engines engines() {
        return engines;
    }

    Partitioning partitioning() {
        return new Partitioning(engines.config().partitions());
    }

    SimulatedDeployment deployment() {
        return deployment;
    }

    Checks checks() {
        return checks;
    }

    Disks disks() {
        return disks;
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

    /** A node has died; if it led, another one starts with what is left. */
    void died(SimulatedNode node) {
        zombies.remove(node);
        if (node == leader && !isClosed) {
            world.queue().in(world.dice().micros(RESTART_MICROS_MAX), "restart", () -> {
                if (node == leader && !isClosed) {
                    succeed();
                }
            });
        }
    }

    /** Another node takes over although the first one is not dead but only slow. */
    void depose() {
        SimulatedNode deposed = leader;
        if (disks.canBeShared() && deposed.leads()) {
            zombies.add(deposed);
            deposed.slowDown();
            succeed();
            world.queue().in(world.dice().micros(ZOMBIE_MICROS_MAX), deposed.name() + " dies at last", deposed::die);
        }
    }

    private void succeed() {
        leader = node(disks.after(leader.disk()));
        world.trace().add("  " + leader.name() + " takes over");
        leader.start();
    }

    /** Closes the leader for good, and answers what it leaves. */
    NodeDisk close() {
        isClosed = true;
        leader.close();
        return disks.after(leader.disk());
    }

    /** Whether one node leads and has applied everything. */
    boolean isSettled() {
        boolean settled = zombies.isEmpty() && leader.leads() && leader.isIdle();
        for (int partition = 0; settled && partition < engines.config().partitions(); partition++) {
            settled = leader.appliedLsn(partition) == disks.lastLsn(partition);
        }
        return settled;
    }
}
