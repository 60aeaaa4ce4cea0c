package dev.reprise.engine;

import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.store.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The parts of an engine.
 *
 * @param registry the services that can be invoked; may grow later
 * @param log the records, in order
 * @param store the state that follows from them
 * @param transport the way to handlers
 * @param observer is told of invocations
 * @param clock the time
 * @param random draws ids and seeds; must be safe for any thread
 * @param driver calls the partitions
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

    /** Parts for an engine with threads of its own. */
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

    /** As the other constructor, without an observer. */
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
