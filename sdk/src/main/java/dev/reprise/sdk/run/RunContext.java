package dev.reprise.sdk.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What the closure of a {@link dev.reprise.sdk.Context#run run} can know of the execution it is.
 *
 * {@snippet :
 * Receipt receipt = ctx.run("charge", Receipt.class, step -> bank.charge(card, amount, step.idempotencyKey()));
 * }
 *
 * <p>Nothing of it is recorded. Any thread may use it, also after the closure has ended.
 */
public interface RunContext {
    /** Which execution of its step it is, from 1, counted as for a {@link dev.reprise.sdk.RetryPolicy}. */
    int attempt();

    /**
     * A text of 36 characters that is the same in every execution of this step, in whichever attempt and process, and
     * different for every other step: a service to which it is given can tell that it has done the work before.
     */
    String idempotencyKey();

    /**
     * From when on a failure is not tried again, if the step's policy says that by a {@link
     * dev.reprise.sdk.RetryPolicy#maxDuration}.
     */
    Optional<Instant> deadline();

    /**
     * Whether nobody waits for the result any more: the step's promise was cancelled, or the attempt of its handler is
     * over. The thread is interrupted then, too, and what the closure gives or throws is dropped.
     */
    boolean isCancelled();
}
