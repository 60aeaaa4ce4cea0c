package dev.reprise.simulator.world;

/** Ends whatever the engine's code is doing: its process has died right there. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    public SimulatedCrash(String where) {
        super("died " + where, null, false, false);
    }
}
