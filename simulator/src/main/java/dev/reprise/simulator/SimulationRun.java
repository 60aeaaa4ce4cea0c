package dev.reprise.simulator;

import dev.reprise.engine.EngineParts;
import dev.reprise.simulator.disk.Disks;
import dev.reprise.simulator.disk.SimulatedDisks;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.Trace;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One simulation from beginning to end.
 *
 * @param seed what it was drawn from
 * @param traceHash the same for the same seed
 * @param events how many events it had
 */
record SimulationRun(long seed, long traceHash, long events) {
    /**
     * Runs a seed's simulation.
     *
     * @param traceSink gets each line of the trace at once
     * @throws SimulationFailure when a check failed; with the seed and the last part of the trace
     */
    static SimulationRun run(long seed, Consumer<String> traceSink) {
        return run(seed, traceSink, SimulatedDisks::new);
    }

    /** As {@link #run(long, Consumer)}, on other disks. */
    static SimulationRun run(long seed, Consumer<String> traceSink, Disks.Maker disks) {
        return run(seed, traceSink, disks, UnaryOperator.identity());
    }

    /** As {@link #run(long, Consumer, Disks.Maker)}, with a fault in the engines. */
    static SimulationRun run(
            long seed, Consumer<String> traceSink, Disks.Maker disks, UnaryOperator<EngineParts> planting) {
        AtomicReference<SimulationRun> done = new AtomicReference<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        // Switches between virtual threads are cheap, so the simulation itself is one.
        Thread thread = Thread.ofVirtual().name("simulation " + seed).start(() -> {
            Simulation simulation = new Simulation(seed, traceSink, disks, planting);
            try {
                done.set(new SimulationRun(seed, simulation.run(), simulation.events()));
            } catch (RuntimeException | Error e) {
                failed.set(new SimulationFailure(describe(seed, e, simulation.trace()), e));
            }
        });
        join(thread);
        if (failed.get() instanceof SimulationFailure failure) {
            throw failure;
        }
        return done.get();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationFailure("interrupted", e);
        }
    }

    private static String describe(long seed, Throwable cause, Trace trace) {
        return "seed " + seed + ": " + cause + "\nthe last of its trace:\n" + String.join("\n", trace.last())
                + "\nrepeat it with: ./reprise sim --seed " + seed;
    }
}
