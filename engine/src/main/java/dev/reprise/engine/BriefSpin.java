package dev.reprise.engine;

import java.util.function.BooleanSupplier;

/**
 * A busy wait before a thread parks, for events that come sooner than a parked thread wakes up. After a wait in vain it
 * is skipped for a while, so that it costs next to nothing where it does not pay. Used by one thread.
 */
final class BriefSpin {
    private static final int LEFT_OUT_MAX = 127;
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private final long spinNanos;
    private int leftOut;
    private int toLeaveOut;

    /** Waits for this long at most. */
    BriefSpin(long spinNanos) {
        this.spinNanos = spinNanos;
    }

    /** Waits a moment for {@code condition}; answers whether it holds. */
    boolean await(BooleanSupplier condition) {
        if (ALONE || toLeaveOut > 0) {
            toLeaveOut = Math.max(0, toLeaveOut - 1);
            return condition.getAsBoolean();
        }
        long start = System.nanoTime();
        do {
            if (condition.getAsBoolean()) {
                leftOut = 0;
                return true;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < spinNanos);
        leftOut = Math.min(LEFT_OUT_MAX, 2 * leftOut + 1);
        toLeaveOut = leftOut;
        return false;
    }
}
