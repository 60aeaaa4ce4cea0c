package dev.reprise.simulator.program;

import dev.reprise.sdk.Request;

/** Where the closures of runs have their effects, and from where handlers are told of what they wait for. */
public interface ExternalWorld {
    /** Executes a closure, which takes its time, and fails so many times. */
    String execute(Request request, String run, int failures);

    /** Lets somebody complete an awakeable. */
    void completeAwakeable(String awakeableId, String value, boolean fails);

    /** Lets somebody send a signal. */
    void signal(String invocationId, String name, String value);
}
