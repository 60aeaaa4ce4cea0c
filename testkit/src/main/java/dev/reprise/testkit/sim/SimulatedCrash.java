package dev.reprise.testkit.sim;

/** Takes the engine's code out of whatever it is doing: its process has died just there. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super("died " + where, null, false, false);
    }
}
