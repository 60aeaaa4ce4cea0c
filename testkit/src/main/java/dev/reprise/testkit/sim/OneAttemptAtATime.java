package dev.reprise.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** Of all attempts of an invocation that a node still listens to, at most one is of the leader that counts. */
final class OneAttemptAtATime implements Check {
    private final List<SimulatedStream> open = new ArrayList<>();

    @Override
    public void streamOpened(SimulatedStream stream, Replica replica) {
        open.removeIf(SimulatedStream::isOver);
        for (SimulatedStream other : open) {
            boolean same = other.invocationId().equals(stream.invocationId());
            if (same && (other.node() == stream.node() || other.epoch() == stream.epoch())) {
                throw new SimulationFailure("two attempts of " + stream.invocationId() + " at once: epoch "
                        + other.epoch() + " at " + other.node().name() + ", epoch " + stream.epoch() + " at "
                        + stream.node().name());
            }
        }
        open.add(stream);
    }
}
