package dev.reprise.simulator.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The random choices of one simulation: all of them come from the seed. */
public final class Dice {
    private static final double SLOW = 0.03;

    private final SplittableRandom random;

    public Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** From 0 to {@code boundExclusive}. */
    public int below(int boundExclusive) {
        return random.nextInt(boundExclusive);
    }

    public int between(int fromInclusive, int toInclusive) {
        return random.nextInt(fromInclusive, toInclusive + 1);
    }

    /** A short time, up to {@code usuallyMaxMicros}, and sometimes ten times as long. */
    public long micros(long usuallyMaxMicros) {
        long micros = random.nextLong(usuallyMaxMicros + 1);
        return chance(SLOW) ? 10 * micros : micros;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    public long nextLong() {
        return random.nextLong();
    }

    /** A generator for one part of the simulation. */
    public RandomGenerator split() {
        return random.split();
    }
}
