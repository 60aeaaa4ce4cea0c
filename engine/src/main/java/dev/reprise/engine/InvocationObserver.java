package dev.reprise.engine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Result;

/**
 * Told of invocations by the leader of their partition, once it is durable, and of partitions that stop; must return at
 * once. Told at most once of each: what happens while nobody leads, as just before a crash, nobody is told of.
 */
public interface InvocationObserver {
    /** Looks at nothing. */
    InvocationObserver NONE = new InvocationObserver() {};

    /** It may run for the first time. */
    default void started(Invocation invocation) {}

    /** A partition has stopped because of a failure, and with it everything that lives there until an engine starts again. */
    default void stopped(int partition, Throwable cause) {}

    /** It has run and has a result, by its handler or by somebody who ended it. */
    default void ended(Invocation invocation, Result result) {}
}
