package dev.reprise.simulator.world;

/** Takes the engine's code out of whatever it is doing: its process has died just there. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    public SimulatedCrash(String where) {
        super("died " + where, null, false, false);
    }
}
