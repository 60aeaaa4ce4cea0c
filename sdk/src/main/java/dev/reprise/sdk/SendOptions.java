package dev.reprise.sdk;

import java.time.Duration;

/**
 * How to send to a handler without waiting for its result. Immutable.
 *
 * <pre>{@code
 * SendOptions.delay(Duration.ofHours(1)).withIdempotencyKey(order.id())
 * }</pre>
 *
 * @param call headers, keys and name
 * @param delay how long to wait before the handler is invoked; zero is at once
 */
public record SendOptions(CallOptions call, Duration delay) {
    /** At once, and with {@link CallOptions#NONE}. */
    public static final SendOptions NONE = new SendOptions(CallOptions.NONE, Duration.ZERO);

    public SendOptions {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("Expected a delay of zero or more, found " + delay
                    + ". To invoke the handler at once, leave the delay out.");
        }
    }

    /**
     * Invokes the handler later.
     *
     * @param delay from now, not negative; counted in milliseconds
     */
    public static SendOptions delay(Duration delay) {
        return NONE.withDelay(delay);
    }

    /**
     * Invocations of the same handler with the same key run once.
     *
     * @param idempotencyKey not empty
     */
    public static SendOptions idempotencyKey(String idempotencyKey) {
        return NONE.withIdempotencyKey(idempotencyKey);
    }

    /** At once, with the options of a call. */
    public static SendOptions of(CallOptions call) {
        return new SendOptions(call, Duration.ZERO);
    }

    /**
     * These options with a delay.
     *
     * @param newDelay from now, not negative; counted in milliseconds
     */
    public SendOptions withDelay(Duration newDelay) {
        return new SendOptions(call, newDelay);
    }

    /** These options with one header more. */
    public SendOptions withHeader(String key, String value) {
        return new SendOptions(call.withHeader(key, value), delay);
    }

    /**
     * These options with an idempotency key.
     *
     * @param newIdempotencyKey not empty
     */
    public SendOptions withIdempotencyKey(String newIdempotencyKey) {
        return new SendOptions(call.withIdempotencyKey(newIdempotencyKey), delay);
    }

    /**
     * These options with a scope.
     *
     * @param newScope not empty
     */
    public SendOptions withScope(String newScope) {
        return new SendOptions(call.withScope(newScope), delay);
    }

    /**
     * These options with a limit key.
     *
     * @param newLimitKey not empty
     */
    public SendOptions withLimitKey(String newLimitKey) {
        return new SendOptions(call.withLimitKey(newLimitKey), delay);
    }

    /** These options with a name for the journal. */
    public SendOptions withName(String newName) {
        return new SendOptions(call.withName(newName), delay);
    }
}
