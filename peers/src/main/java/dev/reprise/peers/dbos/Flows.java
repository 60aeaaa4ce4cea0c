package dev.reprise.peers.dbos;

/** The flows. DBOS makes a proxy of an interface, which must be public. */
public interface Flows {
    /** Gives its input back. */
    long noop(long seed);

    /** Ten steps, one after the other. */
    long steps(long seed);

    /** Ten other flows at once. */
    long fanout(long seed);
}
