package dev.reprise.sdk;

import dev.reprise.protocol.WellFormed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to run a step. Immutable.
 *
 * @param name the name of the journal's entry; empty for none. A replay must run the step under the same name
 * @param retryPolicy how it is retried; null for the policy of the handler or the engine, by which
 *     an invocation is paused after 70 failed attempts in a row, if nothing else is configured. As long as something else of
 *     the handler goes on it is then tried again in place, after 50 ms, 100 ms and so on up to a second
 * @param thread what kind of thread executes the closure; null for what the process that runs the handler is configured to
 *     use, which is {@link RunThread#VIRTUAL} if nothing was said. No part of the journal: it may change between attempts
 */
public record RunOptions(
        String name,
        @Nullable RetryPolicy retryPolicy,
        @Nullable RunThread thread) {
    public RunOptions {
        Objects.requireNonNull(name, "the name of a run; leave it out, or use an empty one, for a run without a name");
        WellFormed.require("name of a run", name);
    }

    /** No name, retries as the engine says, and the process's kind of thread. */
    public static final RunOptions NONE = new RunOptions("", null, null);

    /** A name, retries as the engine says, and the process's kind of thread. */
    public static RunOptions named(String name) {
        return new RunOptions(name, null, null);
    }

    /** These, with a retry policy of the step's own. */
    public RunOptions withRetryPolicy(RetryPolicy newRetryPolicy) {
        return new RunOptions(name, newRetryPolicy, thread);
    }

    /**
     * These, with the closure executed by one of the platform threads kept for closures that compute, see {@link
     * RunThread#PLATFORM}.
     *
     * <p>When all of them are busy the closure waits for one. If its attempt ends first, because the invocation was killed, the
     * engine closed or the connection lost, it is not executed, and as long as the process lives that is no execution in the sense of a retry policy; an
     * attempt that follows asks for a thread again. What waits is silent: its time counts for the handler's inactivity and abort timeouts, and for the
     * {@linkplain RetryPolicy#withMaxDuration longest duration} of a retry policy.
     */
    public RunOptions onPlatformThread() {
        return new RunOptions(name, retryPolicy, RunThread.PLATFORM);
    }

    /** These, with the closure executed by a virtual thread of its own, see {@link RunThread#VIRTUAL}. */
    public RunOptions onVirtualThread() {
        return new RunOptions(name, retryPolicy, RunThread.VIRTUAL);
    }
}
