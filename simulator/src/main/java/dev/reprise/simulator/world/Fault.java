package dev.reprise.simulator.world;

/** What may go wrong, and how often it does in the simulations that have it. */
public enum Fault {
    /** At each call the engine makes of its log or store, its process dies. */
    CRASH_AT_SEAM(0.0001, 0.003),
    /** At each tick of the chaos, the engine's process dies. */
    NODE_CRASH(0.005, 0.08),
    /** At each tick, the engine is closed and started again. */
    NODE_CLOSE(0.005, 0.05),
    /** At each tick, another engine takes over while the first one continues. */
    ZOMBIE(0.005, 0.08),
    /** At each tick, the handlers' process dies. */
    DEPLOYMENT_CRASH(0.005, 0.08),
    /** At each tick, the wall clock of engine and handlers is set forward or back, by up to three hours. */
    CLOCK_JUMP(0.005, 0.1),
    /** At each force, the log fails. */
    DISK_FAILURE(0.0005, 0.01),
    /** At each force, the log finds no room, for a while. */
    LOG_FULL(0.0005, 0.05),
    /** At each commit and flush, the store finds no room; the partition tries again until it does. */
    STORE_FULL(0.002, 0.3),
    /** At each commit, the store fails, and its partition stops until the engine is started again. */
    STORE_FAILURE(0.0005, 0.01),
    /** At each read, the store fails, and its partition stops until the engine is started again. */
    READ_FAILURE(0.002, 0.05),
    /** At each flush, the store fails. */
    FLUSH_FAILURE(0.05, 0.7),
    /** A stream cannot be opened. */
    REFUSED(0.01, 0.3),
    /** At each piece that arrives, its stream breaks. */
    RESET(0.001, 0.05),
    /** At each piece that arrives, its direction of the stream ends. */
    HALF_CLOSE(0.001, 0.05),
    /** The deployment gets a stream twice, and nobody listens to one of the two. */
    DUPLICATE_CONNECT(0.01, 0.2),
    /** A message between partitions comes a second time, later. */
    DUPLICATE_MESSAGE(0.05, 0.5),
    /** A piece takes long to arrive. */
    SLOW(0.01, 0.1),
    /** At each tick of the operator's, an invocation is cancelled. */
    CANCEL(0.005, 0.15),
    /** At each tick of the operator's, an invocation is killed. */
    KILL(0.005, 0.1),
    /** At each tick of the operator's, an invocation is paused. */
    PAUSE(0.02, 0.5);

    private final double min;
    private final double max;

    Fault(double min, double max) {
        this.min = min;
        this.max = max;
    }

    /**
     * Zero in every second simulation; otherwise between the bounds, with small rates as likely as large ones. So some
     * simulations have many faults of one kind, which would never get far together with all the others.
     */
    double drawRate(Dice dice) {
        boolean on = dice.chance(0.5);
        double rate = min * Math.pow(max / min, dice.below(1001) / 1000.0);
        return on ? rate : 0;
    }
}
