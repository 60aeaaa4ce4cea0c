package dev.reprise.simulator;

import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;

/** Faults that happen by themselves, from time to time. */
final class Chaos {
    private static final long TICK_MICROS_MAX = 40_000;
    private static final int JUMP_MILLIS_MAX = 5_000;
    private static final int LEAP_MILLIS_MAX = 3 * 60 * 60 * 1000;

    private final World world;
    private final Cluster cluster;
    private final SimulatedExternalWorld outside;

    Chaos(World world, Cluster cluster, SimulatedExternalWorld outside) {
        this.world = world;
        this.cluster = cluster;
        this.outside = outside;
    }

    void begin() {
        world.queue().in(world.dice().micros(TICK_MICROS_MAX), "chaos", this::tick);
    }

    private void tick() {
        if (world.strikes(Fault.NODE_CRASH)) {
            cluster.crash();
        }
        if (world.strikes(Fault.NODE_CLOSE)) {
            cluster.leader().close();
        }
        if (world.strikes(Fault.ZOMBIE)) {
            cluster.depose();
        }
        if (world.strikes(Fault.DEPLOYMENT_CRASH)) {
            cluster.deployment().crash();
            outside.deploymentDied(cluster.deployment().incarnation());
        }
        if (world.strikes(Fault.CLOCK_JUMP)) {
            int most = world.dice().chance(0.3) ? LEAP_MILLIS_MAX : JUMP_MILLIS_MAX;
            world.clock().jump(world.dice().between(-most, most));
        }
        begin();
    }
}
