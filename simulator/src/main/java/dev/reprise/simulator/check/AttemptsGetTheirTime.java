package dev.reprise.simulator.check;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attempt that counts is not asked to suspend before it can have been silent for its inactivity timeout, and not
 * cut before its abort timeout, whoever sets the clock and whoever leads. Its own messages give it more time than this
 * check can see.
 */
public final class AttemptsGetTheirTime implements Check {
    /** An attempt that was silent for so long may have to make room for others. */
    private static final long IDLE_MILLIS = 100;
    /** Two times that are each rounded down may be so much closer together. */
    private static final long ROUNDED_MILLIS = 1;

    private final EngineConfig config;
    private final TimeSource clock;
    private final Map<InvocationId, Attempt> latest = new HashMap<>();
    private final Set<InvocationId> pausing = new HashSet<>();

    private static final class Attempt {
        private final WatchedStream stream;
        private final long startLsn;
        private long activeMillis;

        Attempt(WatchedStream stream, long startLsn, long openedMillis) {
            this.stream = stream;
            this.startLsn = startLsn;
            this.activeMillis = openedMillis;
        }
    }

    /** Creates the check; nobody sets its clock. */
    public AttemptsGetTheirTime(EngineConfig config, TimeSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void applied(Replica.Applied applied) {
        if (applied.record() instanceof PartitionRecord.PauseRequested pause) {
            pausing.add(pause.target());
        }
    }

    @Override
    public void streamOpened(WatchedStream stream, Replica replica) {
        long startLsn = startLsn(stream, replica);
        if (startLsn != 0) {
            latest.put(stream.invocationId(), new Attempt(stream, startLsn, clock.steadyMillis()));
        }
    }

    @Override
    public void messagesToHandler(WatchedStream stream, Replica replica, List<RawMessage> messages) {
        Attempt attempt = latest.get(stream.invocationId());
        if (attempt != null && attempt.stream.equals(stream)) {
            attempt.activeMillis = clock.steadyMillis();
        }
    }

    @Override
    public void inputClosed(WatchedStream stream, Replica replica) {
        if (!pausing.contains(stream.invocationId())) {
            long least = Math.min(IDLE_MILLIS, config.inactivityTimeout().toMillis());
            requireSilence(stream, replica, least, "asked to suspend");
        }
    }

    @Override
    public void streamCut(WatchedStream stream, Replica replica) {
        requireSilence(stream, replica, config.abortTimeout().toMillis(), "cut");
    }

    private void requireSilence(WatchedStream stream, Replica replica, long leastMillis, String what) {
        Attempt attempt = latest.get(stream.invocationId());
        if (attempt == null || !attempt.stream.equals(stream)) {
            return;
        }
        long silentMillis = clock.steadyMillis() - attempt.activeMillis;
        if (silentMillis + ROUNDED_MILLIS < leastMillis && attempt.startLsn == startLsn(stream, replica)) {
            throw new SimulationFailure("the attempt of " + stream.invocationId() + " was " + what + " after "
                    + silentMillis + " ms, its timeout is " + leastMillis + " ms");
        }
    }

    /** The record that let the invocation run, if the stream belongs to the leader; otherwise 0. */
    private static long startLsn(WatchedStream stream, Replica replica) {
        return replica.invocation(stream.invocationId())
                .filter(_ -> stream.epoch() == replica.epoch())
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Invoked)
                .map(invocation -> ((InvocationStatus.Invoked) invocation.status()).startLsn())
                .orElse(0L);
    }
}
