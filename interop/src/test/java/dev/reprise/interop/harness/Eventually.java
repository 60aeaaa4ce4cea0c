package dev.reprise.interop.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what other processes do: a condition is asked again until it holds or the deadline has passed. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Eventually() {}

    /** Waits until {@code condition} holds. {@code state} describes what there is when it does not. */
    public static void until(String what, BooleanSupplier condition, Supplier<String> state) {
        get(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), state);
    }

    /** Waits until {@code probe} has a value, and answers it. */
    public static <T> T get(String what, Supplier<Optional<T>> probe, Supplier<String> state) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            Optional<T> found = probe.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + DEADLINE + " in vain for " + what + "; there is: " + state.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
