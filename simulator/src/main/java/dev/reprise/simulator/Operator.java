package dev.reprise.simulator;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.check.Families;
import dev.reprise.simulator.check.Replica;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;
import java.util.List;

/**
 * Cancels, kills, pauses and resumes invocations. Once the faults have ended, it only resumes paused invocations, and
 * repeats cancellations that have not ended their invocations.
 */
final class Operator {
    private static final long TICK_MICROS_MAX = 40_000;
    private static final long RESUMED_MICROS_MAX = 1_000;
    private static final double RESUMED_AT_ONCE = 0.7;

    private final World world;
    private final SimulatedClients clients;
    private final Checks checks;
    private final Families families;
    private final List<InvocationId> known;

    Operator(World world, SimulatedClients clients, Checks checks, Families families, List<InvocationId> known) {
        this.world = world;
        this.clients = clients;
        this.checks = checks;
        this.families = families;
        this.known = known;
    }

    void begin() {
        world.queue().in(world.dice().micros(TICK_MICROS_MAX), "operator", this::tick);
    }

    private void tick() {
        if (!known.isEmpty()) {
            InvocationId id = world.dice().pick(known);
            if (world.strikes(Fault.CANCEL)) {
                cancel(id);
            }
            if (world.strikes(Fault.KILL)) {
                clients.ask("kills", 0, id, engine -> engine.kill(id));
            }
        }
        List<Invocation> unfinished = checks.unfinished();
        if (!unfinished.isEmpty() && world.strikes(Fault.PAUSE)) {
            InvocationId id = world.dice().pick(unfinished).id();
            clients.ask("pauses", 0, id, engine -> engine.pause(id));
            if (world.dice().chance(RESUMED_AT_ONCE)) {
                resume(id, world.dice().micros(RESUMED_MICROS_MAX));
            }
        }
        for (Invocation invocation : unfinished) {
            if (families.wasCancelled(invocation.id()) && (world.isHealed() || world.strikes(Fault.CANCEL))) {
                cancel(invocation.id());
            }
        }
        if (world.isHealed() || world.dice().chance(0.2)) {
            resumePaused();
        }
        begin();
    }

    private void cancel(InvocationId id) {
        clients.ask("cancels", 0, id, engine -> engine.cancel(id));
    }

    private void resume(InvocationId id, long delayMicros) {
        clients.ask("resumes", delayMicros, id, engine -> engine.resume(id, null));
    }

    private void resumePaused() {
        for (Replica replica : checks.replicas()) {
            replica.reads().forEachInvocation(invocation -> {
                InvocationId id = invocation.id();
                if (invocation.status() instanceof InvocationStatus.Paused) {
                    resume(id, 0);
                }
                return true;
            });
        }
    }
}
