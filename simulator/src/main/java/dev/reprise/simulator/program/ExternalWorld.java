package dev.reprise.simulator.program;

import dev.reprise.sdk.Request;

/** Where the closures of runs have their effects, and where awakeables and signals come from. */
public interface ExternalWorld {
    /** Executes a closure, which takes some time, and fails it so many times. */
    String execute(Request request, String run, int failures);

    /** Has a client complete an awakeable. */
    void completeAwakeable(String awakeableId, String value, boolean fails);

    /** Has a client send a signal. */
    void signal(String invocationId, String name, String value);
}
