package dev.reprise.examples.guides;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.Map;

/** The handlers that {@code docs/error-handling.md} shows. */
@Service
public class Errors {
    /** A step that fails, and is retried. */
    @Handler
    public String retried(Context ctx) {
        return ctx.run("read card", String.class, Remote::readCard);
    }

    /** Ends with a failure. */
    @Handler
    public String withdraw(Context ctx, int cents) {
        if (cents > 1000) {
            throw new TerminalException(422, "more than there is", Map.of("available", "1000"));
        }
        return "here you are";
    }

    /** Retried three times. */
    @Handler
    public String bounded(Context ctx) {
        RetryPolicy threeTimes = RetryPolicy.exponential(Duration.ofMillis(200))
                .withMaxAttempts(3)
                .withMaxDelay(Duration.ofSeconds(5));
        RunOptions options = RunOptions.named("read card").withRetryPolicy(threeTimes);
        try {
            return ctx.run(options, String.class, Errors::readLockedCard);
        } catch (TerminalException givenUp) {
            return "pay in cash";
        }
    }

    private static String readLockedCard() {
        throw new IllegalStateException("the card is locked");
    }

    /** Tells the other side which step it is. */
    @Handler
    public String charge(Context ctx, int cents) {
        return ctx.run("charge", String.class, step -> Remote.charge(cents, step.idempotencyKey()));
    }

    /** Says itself when to try again. */
    @Handler
    public String later(Context ctx) {
        return ctx.run("ask the bank", String.class, () -> {
            if (Remote.CARD_READS.incrementAndGet() < 2) {
                throw new RetryableException("the bank is busy", Duration.ofHours(1));
            }
            return "open again";
        });
    }

    /** Stops until somebody has repaired what is wrong. */
    @Handler
    public String needsHelp(Context ctx) {
        throw new PauseException("the price list is missing, add it and resume");
    }

    /** Catches what another handler failed with. */
    @Handler
    public String caller(Context ctx, int cents) {
        try {
            return ctx.service(Errors.class).call(Errors::withdraw, cents).await();
        } catch (TerminalException refused) {
            return refused.code() + ": " + refused.getMessage() + ", there are "
                    + refused.metadata().get("available");
        }
    }

    /** Cleans up when it is cancelled. */
    @Handler
    public String cancellable(Context ctx) {
        ctx.run("reserve", Errors::reserve);
        try {
            return ctx.signal("confirmation", String.class).await();
        } catch (CancelledException e) {
            ctx.run("release", Errors::release);
            throw e;
        }
    }

    private static void reserve() {
        Remote.RESERVED.set(true);
    }

    private static void release() {
        Remote.RESERVED.set(false);
    }
}
