package dev.reprise.simulator.check;

import dev.reprise.engine.PartitionDriver.Standing;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.simulator.world.SimulationFailure;
import java.time.Duration;
import java.time.InstantSource;

/** Another attempt follows a failed one after the delay of its policy, whoever sets the clock meanwhile. */
public final class RetriesComeInTime implements Check {
    /** More than any policy of the simulation allows, and much less than the clock is set back by. */
    private static final long DELAY_MILLIS_MAX = Duration.ofMinutes(1).toMillis();

    /** An invocation that waits for too long is also seen at later polls. */
    private static final int POLLS_PER_LOOK = 8;

    private final InstantSource clock;
    private long polls;

    public RetriesComeInTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void polled(WatchedNode node, Replica replica, Standing standing) {
        if (++polls % POLLS_PER_LOOK != 0) {
            return;
        }
        for (AttemptView attempt : node.attempts()) {
            long delayMillis = attempt.nextRetryMillis() - clock.millis();
            if (delayMillis > DELAY_MILLIS_MAX) {
                throw new SimulationFailure(attempt.invocationId() + " is tried again in " + delayMillis
                        + " ms, no policy has more than " + DELAY_MILLIS_MAX);
            }
        }
    }
}
