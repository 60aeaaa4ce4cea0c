package dev.reprise.sdk;

/** The kind of thread that executes the closure of a run. */
public enum RunThread {
    /**
     * A virtual thread for each closure, begun at once however many there are: for closures that wait, for a database
     * or another service. All virtual threads of a JVM share as many carriers as there are processors, and one that
     * computes keeps its carrier until it waits: as many closures that compute stop every handler of the process.
     */
    VIRTUAL,

    /**
     * One of a bounded number of platform threads: for closures that compute. The operating system shares the
     * processors between them and everything else, so that handlers, timers and cancellations go on. When all of these
     * threads are busy, further closures wait in the order in which their handlers came to them.
     */
    PLATFORM
}
