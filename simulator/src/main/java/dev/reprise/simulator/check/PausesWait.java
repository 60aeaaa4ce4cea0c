package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.simulator.world.SimulationFailure;

/**
 * A pause lets the invocation's attempt come to an end first, so that no result is lost. The attempt is cut only when
 * it stays silent for too long, and then the pause says so.
 */
public final class PausesWait implements Check {
    @Override
    public void streamCut(WatchedStream stream, Replica replica) {
        boolean paused = replica.invocation(stream.invocationId())
                .filter(invocation ->
                        invocation.status() instanceof InvocationStatus.Paused pause && pause.lastFailure() == null)
                .isPresent();
        if (paused && stream.epoch() == replica.epoch()) {
            throw new SimulationFailure(
                    stream.invocationId() + " was paused and its attempt was cut before it could come to an end");
        }
    }
}
