package dev.reprise.engine;

import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.store.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What an engine is put together from.
 *
 * @param registry the services that can be invoked; may grow later
 * @param log what happens, in order
 * @param store what follows from it
 * @param transport how handlers are reached
 * @param observer who looks on
 * @param clock what time it is
 * @param random draws ids and seeds; must be safe for any thread
 * @param driver who calls its partitions
 */
public record EngineParts(
        Registry registry,
        Log log,
        Store store,
        DeploymentTransport transport,
        InvocationObserver observer,
        InstantSource clock,
        RandomGenerator random,
        PartitionDriver driver) {

    /** An engine with threads of its own. */
    public EngineParts(
            Registry registry,
            Log log,
            Store store,
            DeploymentTransport transport,
            InvocationObserver observer,
            InstantSource clock,
            RandomGenerator random) {
        this(registry, log, store, transport, observer, clock, random, PartitionDriver.threads());
    }

    /** The same, and nobody looks on. */
    public EngineParts(
            Registry registry,
            Log log,
            Store store,
            DeploymentTransport transport,
            InstantSource clock,
            RandomGenerator random) {
        this(registry, log, store, transport, InvocationObserver.NONE, clock, random);
    }
}
