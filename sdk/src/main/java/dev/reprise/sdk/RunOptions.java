package dev.reprise.sdk;

import dev.reprise.protocol.WellFormed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to run a step. Immutable.
 *
 * @param name the name of the journal's entry; empty for none. A replay must run the step under the same name
 * @param retryPolicy how it is retried; null for the policy of the handler or the engine, which, unless configured
 *     otherwise, pauses an invocation after 70 failed attempts in a row. While the handler has anything else under
 *     way, the step is then retried within the attempt, after 50 ms, 100 ms and so on up to a second
 * @param thread what kind of thread executes the closure; null for the process's default, which is {@link
 *     RunThread#VIRTUAL} unless configured otherwise. It is not recorded in the journal, and may change between
 *     attempts
 */
public record RunOptions(
        String name,
        @Nullable RetryPolicy retryPolicy,
        @Nullable RunThread thread) {
    public RunOptions {
        Objects.requireNonNull(name, "the name of a run; leave it out, or use an empty one, for a run without a name");
        WellFormed.require("name of a run", name);
    }

    /** No name, the default retry policy and the default kind of thread. */
    public static final RunOptions NONE = new RunOptions("", null, null);

    /** A name, the default retry policy and the default kind of thread. */
    public static RunOptions named(String name) {
        return new RunOptions(name, null, null);
    }

    /** These, with another retry policy. */
    public RunOptions withRetryPolicy(RetryPolicy newRetryPolicy) {
        return new RunOptions(name, newRetryPolicy, thread);
    }

    /**
     * These, with the closure executed by one of the platform threads kept for closures that compute, see {@link
     * RunThread#PLATFORM}.
     *
     * <p>When all of them are busy the closure waits for one. If its attempt ends first, because the invocation was
     * killed, the engine closed or the connection lost, the closure is not executed, which does not count as an
     * execution for the retry policy; the next attempt asks for a thread again. The time of waiting counts towards
     * the handler's inactivity and abort timeouts, and towards the {@linkplain
     * RetryPolicy#withMaxDuration longest duration} of a retry policy.
     */
    public RunOptions onPlatformThread() {
        return new RunOptions(name, retryPolicy, RunThread.PLATFORM);
    }

    /** These, with the closure executed by a virtual thread of its own, see {@link RunThread#VIRTUAL}. */
    public RunOptions onVirtualThread() {
        return new RunOptions(name, retryPolicy, RunThread.VIRTUAL);
    }
}
