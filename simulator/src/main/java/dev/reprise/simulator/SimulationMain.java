package dev.reprise.simulator;

import dev.reprise.simulator.world.SimulationFailure;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * {@code --seed N} runs one seed and prints its trace; {@code --minutes M} runs random seeds for that long and prints
 * those that fail. Exits with 1 if one failed.
 */
@SuppressWarnings("SystemOut") // a program's output
public final class SimulationMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private SimulationMain() {}

    public static void main(String[] args) {
        BooleanSupplier simulation;
        try {
            simulation = simulation(args);
        } catch (IllegalArgumentException e) {
            OUT.println(e.getMessage());
            simulation = () -> false;
        }
        System.exit(simulation.getAsBoolean() ? 0 : 1);
    }

    /**
     * The simulation that the arguments describe; it answers whether all seeds hold.
     *
     * @throws IllegalArgumentException when the arguments make no sense
     */
    static BooleanSupplier simulation(String... args) {
        if (args.length == 2 && args[0].equals("--seed")) {
            long seed = number(args, "a whole number", Long::parseLong);
            return () -> traced(seed);
        } else if (args.length == 2 && args[0].equals("--minutes")) {
            double minutes = number(args, "a number", Double::parseDouble);
            return () -> random(minutes);
        }
        throw new IllegalArgumentException("usage: sim --seed <number> | --minutes <minutes>");
    }

    private static <N extends Number> N number(String[] args, String expected, Function<String, N> parser) {
        try {
            return parser.apply(args[1]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Expected " + expected + " behind " + args[0] + ", found '" + args[1] + "'.", e);
        }
    }

    private static boolean traced(long seed) {
        try {
            SimulationRun run = SimulationRun.run(seed, OUT::println);
            OUT.println("seed " + seed + " holds; " + run.events() + " events, trace hash "
                    + Long.toHexString(run.traceHash()));
            return true;
        } catch (SimulationFailure e) {
            e.printStackTrace(OUT);
            return false;
        }
    }

    private static boolean random(double minutes) {
        long startNanos = System.nanoTime();
        long endNanos = startNanos + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        SplittableRandom seeds = new SplittableRandom();
        long count = 0;
        long events = 0;
        long failures = 0;
        SimulationRun longest = new SimulationRun(0, 0, 0);
        while (System.nanoTime() < endNanos) {
            long seed = seeds.nextInt(Integer.MAX_VALUE);
            count++;
            try {
                SimulationRun run = SimulationRun.run(seed, line -> {});
                events += run.events();
                longest = run.events() > longest.events() ? run : longest;
            } catch (SimulationFailure e) {
                failures++;
                OUT.println(String.valueOf(e.getMessage()).lines().findFirst().orElse("seed " + seed + " fails"));
            }
        }
        double taken = (System.nanoTime() - startNanos) / (double) TimeUnit.MINUTES.toNanos(1);
        OUT.printf(
                "%d seeds, %.0f seeds and %.0f events a minute; the longest, %d, has %d events; %d failed%n",
                count, count / taken, events / taken, longest.seed(), longest.events(), failures);
        return failures == 0;
    }
}
