package dev.reprise.simulator.check;

import dev.reprise.simulator.world.SimulationFailure;
import java.util.ArrayList;
import java.util.List;

/** Of all attempts of an invocation that a node still listens to, at most one belongs to the leader that counts. */
public final class OneAttemptAtATime implements Check {
    private final List<WatchedStream> open = new ArrayList<>();

    @Override
    public void streamOpened(WatchedStream stream, Replica replica) {
        open.removeIf(WatchedStream::isOver);
        for (WatchedStream other : open) {
            boolean same = other.invocationId().equals(stream.invocationId());
            if (same && (other.node().equals(stream.node()) || other.epoch() == stream.epoch())) {
                throw new SimulationFailure("two attempts of " + stream.invocationId() + " at once: epoch "
                        + other.epoch() + " at " + other.node().name() + ", epoch " + stream.epoch() + " at "
                        + stream.node().name());
            }
        }
        open.add(stream);
    }
}
