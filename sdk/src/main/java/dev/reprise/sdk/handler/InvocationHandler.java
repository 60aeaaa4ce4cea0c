package dev.reprise.sdk.handler;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.FailureListener;
import dev.reprise.sdk.closure.RunMemory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Begins attempts: finds the handler, gives it a thread and connects it to the engine.
 *
 * <p>Any thread may use it.
 */
public final class InvocationHandler implements AutoCloseable {
    private final Map<String, ServiceDefinition> services = new LinkedHashMap<>();
    private final Map<String, CachedSerdes> serdes = new LinkedHashMap<>();
    private final AttemptThreads threads;
    private final TimeSource clock;
    private final RunMemory memory = new RunMemory();
    private final FailureLog failures;
    private final RandomGenerator chance;

    /** Serves {@code services} on virtual threads. */
    public InvocationHandler(Collection<ServiceDefinition> services) {
        this(services, AttemptThreads.virtual());
    }

    /** Serves {@code services} on {@code threads}, by the system's clock. */
    public InvocationHandler(Collection<ServiceDefinition> services, AttemptThreads threads) {
        this(
                services,
                threads,
                InstantSource.system(),
                () -> ThreadLocalRandom.current().nextLong(),
                FailureListener.NONE);
    }

    /**
     * Serves {@code services}.
     *
     * @param services with different names
     * @param threads provides the threads of handlers and of the closures of runs
     * @param clock determines when timers end and what time handlers see; its readings are recorded. It also measures
     *     the passing of time if it is a {@link TimeSource} or the system's clock
     * @param chance spreads the delays before runs are executed again; must be safe for any thread
     */
    public InvocationHandler(
            Collection<ServiceDefinition> services,
            AttemptThreads threads,
            InstantSource clock,
            RandomGenerator chance) {
        this(services, threads, clock, chance, FailureListener.NONE);
    }

    /**
     * Serves {@code services}, as {@link #InvocationHandler(Collection, AttemptThreads, InstantSource,
     * RandomGenerator)}.
     *
     * @param failures hears of exceptions
     */
    public InvocationHandler(
            Collection<ServiceDefinition> services,
            AttemptThreads threads,
            InstantSource clock,
            RandomGenerator chance,
            FailureListener failures) {
        for (ServiceDefinition service : services) {
            if (this.services.put(service.name(), service) != null) {
                throw new IllegalArgumentException("two services are named " + service.name());
            }
            serdes.put(service.name(), new CachedSerdes(service.serdes()));
        }
        this.threads = threads;
        this.clock = TimeSource.of(clock);
        this.chance = chance;
        this.failures = new FailureLog(failures);
    }

    /**
     * Begins an attempt. Never blocks: the handler starts on a thread of its own once its journal has arrived.
     *
     * @param service the service's name
     * @param handler the handler's name
     * @param version the version of the protocol that the engine speaks
     * @param headers the headers of the engine's request; the handler can read them
     * @param output receives the handler's messages, on the handler's thread. An exception from it ends the attempt
     * @return the receiver of the engine's messages, from one thread at a time; empty if there is no such handler
     */
    public Optional<AttemptInput> open(
            String service,
            String handler,
            ProtocolVersion version,
            Map<String, String> headers,
            AttemptOutput output) {
        ServiceDefinition definition = services.get(service);
        CachedSerdes cachedSerdes = serdes.get(service);
        if (definition == null || cachedSerdes == null) {
            return Optional.empty();
        }
        return definition.handler(handler).map(found -> {
            var setup = new AttemptSetup(
                    service,
                    found,
                    cachedSerdes,
                    version,
                    Map.copyOf(headers),
                    threads,
                    clock,
                    memory,
                    failures,
                    chance,
                    AttemptSetup.Watch.NONE);
            return new HandlerAttempt(setup, output).start();
        });
    }

    /**
     * Ends the threads that are kept for closures, see {@link AttemptThreads#close}. Call it once all attempts have
     * ended, and begin none afterwards.
     */
    @Override
    public void close() {
        threads.close();
    }
}
