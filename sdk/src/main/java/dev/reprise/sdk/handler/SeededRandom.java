package dev.reprise.sdk.handler;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Random numbers from the invocation's seed, for the handler's thread only. {@link Random} specifies the algorithm for
 * all time.
 */
final class SeededRandom implements RandomGenerator {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final Random random;
    private final Runnable checkAccess;

    /**
     * The numbers of the handler, whose {@code path} is empty, or of a branch: what one of them draws does not shift
     * another's.
     */
    SeededRandom(long seed, List<Integer> path, Runnable checkAccess) {
        long own = seed;
        for (int place : path) {
            own = mixed(own + (place + 1) * GOLDEN_RATIO);
        }
        this.random = new Random(own);
        this.checkAccess = checkAccess;
    }

    /* Spreads the bits of close numbers. Source: Stafford's variant 13 of the MurmurHash3 finalizer. */
    private static long mixed(long number) {
        long bits = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }

    @Override
    public long nextLong() {
        checkAccess.run();
        return random.nextLong();
    }

    /** A UUID of version 4, variant 2. */
    UUID nextUuid() {
        long most = nextLong() & ~0xF000L | 0x4000L;
        long least = nextLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(most, least);
    }
}
