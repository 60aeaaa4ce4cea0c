package dev.reprise.server.query.table;

import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an invocation waits for.
 *
 * @param waiting the invocation that waits
 * @param target the target of that invocation
 * @param isRequired whether the invocation needs this one, because it waits for nothing that could come instead
 * @param sinceMillis when the wait began, as far as is known, in milliseconds since the epoch
 */
record Wait(InvocationId waiting, InvocationTarget target, For what, boolean isRequired, long sinceMillis) {
    /**
     * What the invocation waits for.
     *
     * @param kind {@code object}, {@code call}, {@code attach}, {@code promise}, {@code awakeable}, {@code signal},
     *     {@code timer}, {@code run} or {@code result}
     * @param name its name in the code; null if it has none
     * @param id the invocation that has to end first; null if there is none, or it is unknown
     * @param target that invocation's target, the object, the promise or the awakeable; null for the other kinds
     * @param untilMillis when a timer ends, in milliseconds since the epoch; 0 for anything else
     */
    record For(
            String kind,
            @Nullable String name,
            @Nullable InvocationId id,
            @Nullable String target,
            long untilMillis) {}
}
