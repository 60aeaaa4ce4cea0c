package dev.reprise.engine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Result;

/**
 * Gets the starts and ends of invocations from the leader of their partition, once they are durable, and partitions
 * that stop. Its methods must return at once. Each event is reported at most once; nobody reports what happens while no
 * one leads, as just before a crash.
 */
public interface InvocationObserver {
    /** Ignores everything. */
    InvocationObserver NONE = new InvocationObserver() {};

    /** An invocation may run for the first time. */
    @SuppressWarnings("exports") // of an invocation, observers outside our modules see only that there is one
    default void started(Invocation invocation) {}

    /** A partition has stopped because of a failure, and everything in it stands still until an engine starts again. */
    default void stopped(int partition, Throwable cause) {}

    /** An invocation that has run has a result, from its handler or from whoever ended it. */
    @SuppressWarnings("exports") // as in started
    default void ended(Invocation invocation, Result result) {}
}
