package dev.reprise.server.query.table;

import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an invocation waits for.
 *
 * @param waiting who waits
 * @param target of whom
 * @param isRequired whether who waits cannot go on well without it, since nothing that could come instead is waited for too
 * @param sinceMillis when the wait began, as far as is known, in milliseconds since the epoch
 */
record Wait(InvocationId waiting, InvocationTarget target, For what, boolean isRequired, long sinceMillis) {
    /**
     * What is waited for.
     *
     * @param kind {@code object}, {@code call}, {@code attach}, {@code promise}, {@code awakeable}, {@code signal}, {@code
     *     timer}, {@code run} or {@code result}
     * @param name what the code calls it; null if it has no name
     * @param id the invocation that has to end first; null if it is none, or not known
     * @param target that invocation's target, the object, the promise or the awakeable; null for what is none of these
     * @param untilMillis when a timer ends, in milliseconds since the epoch; 0 for anything else
     */
    record For(
            String kind,
            @Nullable String name,
            @Nullable InvocationId id,
            @Nullable String target,
            long untilMillis) {}
}
