package dev.reprise.sdk.handler;

import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Random numbers from the invocation's seed, for the handler's thread only. The algorithm is the one that {@link Random}
 * fixes for ever.
 */
final class SeededRandom implements RandomGenerator {
    private final Random random;
    private final Runnable checkAccess;

    SeededRandom(long seed, Runnable checkAccess) {
        this.random = new Random(seed);
        this.checkAccess = checkAccess;
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
