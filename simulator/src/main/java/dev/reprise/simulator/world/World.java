package dev.reprise.simulator.world;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** What all parts of one simulation share. One logical thread at a time uses it. */
public final class World {
    private final Dice dice;
    private final Trace trace;
    private final EventQueue queue;
    private final SimulatedClock clock;
    private boolean healed;
    private final Map<Fault, Double> faults = new EnumMap<>(Fault.class);

    public World(long seed, Consumer<String> traceSink) {
        this.dice = new Dice(seed);
        this.trace = new Trace(traceSink);
        this.queue = new EventQueue(trace);
        this.clock = new SimulatedClock(queue);
        for (Fault fault : Fault.values()) {
            faults.put(fault, fault.drawRate(dice));
        }
        trace.add("faults " + faults);
    }

    public Dice dice() {
        return dice;
    }

    public Trace trace() {
        return trace;
    }

    public EventQueue queue() {
        return queue;
    }

    public SimulatedClock clock() {
        return clock;
    }

    /** Whether this fault happens this time. */
    public boolean strikes(Fault fault) {
        return dice.chance(faults.getOrDefault(fault, 0.0));
    }

    /** Stops all faults from now on. */
    public void heal() {
        faults.clear();
        clock.catchUp();
        trace.add("healed");
        healed = true;
    }

    public boolean isHealed() {
        return healed;
    }

    /** A place where the engine's process may die. */
    public void crashPoint(String where) {
        if (strikes(Fault.CRASH_AT_SEAM)) {
            trace.add("  dies " + where);
            throw new SimulatedCrash(where);
        }
    }
}
