package dev.reprise.simulator;

import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.simulator.world.Baton;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The process of the handlers: the real SDK, on threads of the {@link Baton}. It may die and start again. */
final class SimulatedDeployment {
    private static final long RESTART_MICROS_MAX = 200_000;

    private final World world;
    private final InvocationHandler handlers;
    private final List<SimulatedStream> streams = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private boolean up = true;
    private int incarnation;

    SimulatedDeployment(World world, InvocationHandler handlers) {
        this.world = world;
        this.handlers = handlers;
    }

    /** Counts its lives. */
    int incarnation() {
        return incarnation;
    }

    /** Begins attempts on a stream: one, or by mistake two; none while the process is down. */
    List<Peer> connect(SimulatedStream stream) {
        if (!up) {
            return List.of();
        }
        streams.removeIf(SimulatedStream::isOver);
        streams.add(stream);
        List<Peer> begun = new ArrayList<>(List.of(begin(stream, true)));
        if (world.strikes(Fault.DUPLICATE_CONNECT)) {
            begun.add(begin(stream, false));
        }
        return begun;
    }

    private Peer begin(SimulatedStream stream, boolean isHeard) {
        Peer peer = new Peer(stream, isHeard);
        var head = stream.head();
        Map<String, String> headers = Map.of(
                SimulatedExternalWorld.KNOWN_LSN,
                "" + stream.knownLsn(),
                SimulatedExternalWorld.INCARNATION,
                "" + incarnation);
        peer.begin(handlers.open(head.service(), head.handler(), head.version(), headers, peer)
                .orElseThrow(() -> new SimulationFailure("no handler " + head)));
        peers.add(peer);
        return peer;
    }

    /** Kills everything that its handlers were doing. */
    void crash() {
        if (up) {
            up = false;
            incarnation++;
            peers.forEach(Peer::abort);
            peers.clear();
            streams.forEach(stream -> stream.breakOff("the deployment died"));
            streams.clear();
            world.queue().in(world.dice().micros(RESTART_MICROS_MAX), "deployment is up", () -> up = true);
        }
    }

    /** Ends all attempts for good. */
    void shutDown() {
        up = false;
        incarnation++;
        peers.forEach(Peer::abort);
    }
}
