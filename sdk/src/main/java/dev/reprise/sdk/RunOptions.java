package dev.reprise.sdk;

import dev.reprise.protocol.WellFormed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to run a step. Immutable.
 *
 * @param name the name of the journal's entry; empty for none. A replay must run the step under the same name
 * @param retryPolicy how it is retried; null for the engine's policy, which by default retries for ever
 */
public record RunOptions(String name, @Nullable RetryPolicy retryPolicy) {
    public RunOptions {
        Objects.requireNonNull(name, "the name of a run; leave it out, or use an empty one, for a run without a name");
        WellFormed.require("name of a run", name);
    }

    /** No name, and retries as the engine says. */
    public static final RunOptions NONE = new RunOptions("", null);

    /** A name, and retries as the engine says. */
    public static RunOptions named(String name) {
        return new RunOptions(name, null);
    }

    /** These, with a retry policy of the step's own. */
    public RunOptions withRetryPolicy(RetryPolicy newRetryPolicy) {
        return new RunOptions(name, newRetryPolicy);
    }
}
