package dev.reprise.sdk.scope;

import dev.reprise.protocol.time.Jitter;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body of several steps that is retried as a whole, each time in a new branch. */
public final class Retry {
    private Retry() {}

    /** The value of the first try that succeeds, or the failure with which the policy gives up. */
    public static <T extends @Nullable Object> T run(
            Opener opener, String name, RetryPolicy policy, Branch.Body<? extends T> body) {
        Context ctx = opener.context();
        Instant begin = policy.maxDuration() == null ? null : ctx.now();
        for (int tries = 1; ; tries++) {
            Branch<T> branch;
            TerminalException failure;
            try (Scope<Context, T, ?> scope = new BranchScope<>(opener, Scope.Joiner.<T>awaitAll())) {
                branch = scope.fork(name, body::run);
                scope.join();
                if (branch.state() == Branch.State.SUCCESS) {
                    return branch.get();
                }
                failure = branch.exception();
            }
            Duration elapsed = begin == null ? Duration.ZERO : Duration.between(begin, ctx.now());
            Optional<Duration> delay = policy.nextDelay(tries, elapsed);
            if (delay.isEmpty()) {
                throw failure;
            }
            ctx.sleep(Duration.ofMillis(
                    Jitter.spread(delay.get().toMillis(), ctx.random().nextDouble())));
        }
    }
}
