package dev.reprise.embedded;

import dev.reprise.engine.DataFolder;
import dev.reprise.engine.DataFolderException;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.Storage;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.log.file.ForceListener;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.RunThreads;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.Stall;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.client.StallWatch;
import dev.reprise.sdk.client.WaitingCall;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.Manifests;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.StartException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine and the handlers it runs, in this JVM.
 *
 * {@snippet :
 * try (Reprise reprise = Reprise.embedded()
 *         .folder(Path.of("data"))
 *         .bind(new Greeter())
 *         .start()) {
 *     String greeting = reprise.client().service(Greeter.class).call(Greeter::greet, "Ada");
 * }
 * }
 *
 * <p>What was accepted before a crash goes on when it is started again on the same folder with the same services. Any
 * thread.
 */
public final class Reprise implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reprise.class);

    /** The one deployment there is; the same in every run, so that an invocation finds it again. */
    private static final DeploymentId IN_PROCESS = new DeploymentId(0, 1);

    private static final Duration STALL_PATIENCE = Duration.ofSeconds(1);

    private final Engine engine;
    private final InvocationHandler handlers;
    private final Client client;
    private final Duration closeGrace;
    private final boolean debugged;
    private final Standstill standstill;
    private final StallWatch watch;

    private Reprise(Builder builder, Engine engine, InvocationHandler handlers, LatestFailures failures) {
        this.engine = engine;
        this.handlers = handlers;
        this.closeGrace = builder.closeGrace;
        this.debugged = builder.isDebugged();
        this.standstill = new Standstill(engine, failures);
        this.watch = new StallWatch(standstill, STALL_PATIENCE, STALL_PATIENCE);
        this.client = new Client(new EngineTransport(engine, builder.clock, watch, builder.stalls));
    }

    /** The one deployment there is, of these services. */
    static Deployment deployment(List<ServiceDefinition> services) {
        return new Deployment(
                IN_PROCESS,
                new DeploymentEndpoint.InProcess(),
                Manifests.of(services, ProtocolMode.BIDI_STREAM),
                null,
                Map.of(),
                0);
    }

    /** Begins a configuration; without a folder everything is kept in memory and gone at the end. */
    public static Builder embedded() {
        return new Builder();
    }

    /** Calls, sends, attaches and so on. */
    public Client client() {
        return client;
    }

    /** Whether attempts are not cut, because a debugger may stop handlers; see {@link Builder#debugging}. */
    public boolean isDebugged() {
        return debugged;
    }

    /** The calls of this engine's clients that wait for an answer. */
    public Collection<WaitingCall> waitingCalls() {
        return watch.waiting();
    }

    /**
     * Those of the {@linkplain #waitingCalls waiting calls} that wait for an invocation which is paused or waits to be tried
     * again after a failure, or for one that waits for such an invocation in turn, and why.
     */
    public Map<WaitingCall, Stall> stalledCalls() {
        return standstill.stalled(watch.waiting());
    }

    /** The engine itself, for a face of your own such as an HTTP ingress. */
    public Engine engine() {
        return engine;
    }

    /**
     * Begins nothing more, lets closures of runs that execute end and be recorded, and closes the files. What is under way goes
     * on at the next start.
     *
     * <p>It waits {@linkplain Builder#closeGrace for a bounded time}, and only for handlers that do something: those that wait
     * suspend at once. What has not ended by then is cut, and done again at the next start: closures that wait for a platform
     * thread are not executed any more, those that are executed are interrupted. They may go on until they end, but what comes of
     * them is not recorded.
     */
    @Override
    public void close() {
        try {
            if (!closeGrace.isZero() && !engine.drain(closeGrace)) {
                LOG.warn("closing with handlers that did not come to an end within {}; they are run again", closeGrace);
            }
            engine.close();
        } finally {
            handlers.close();
        }
    }

    /** A configuration. Used by one thread. */
    public static final class Builder {
        private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

        private final List<ServiceDefinition> services = new ArrayList<>();
        private EngineConfig config = EngineConfig.DEFAULT;
        private InstantSource clock = InstantSource.system();
        private boolean acceptsLoss;
        private FileLogOptions logOptions = FileLogOptions.DEFAULT;
        private RunThreads runThreads = RunThreads.DEFAULT;
        private Duration closeGrace = CLOSE_GRACE;
        private StallPolicy stalls = StallPolicy.WAIT;
        private @Nullable Boolean debugging;
        private @Nullable Path folder;

        private Builder() {}

        /** Keeps everything in a folder, which is created when it does not exist. One process at a time may open it. */
        public Builder folder(Path path) {
            folder = path;
            return this;
        }

        /**
         * Starts even if the folder has lost something, without it; what that is, is logged. Without this such a folder is
         * refused.
         */
        public Builder acceptLoss() {
            acceptsLoss = true;
            return this;
        }

        /**
         * How much room the folder's disk should have left for what has begun, 128 MiB without this: with less, calls and
         * sends are refused with code 503, while everything else goes on.
         *
         * @param bytes 0 for no such limit
         */
        public Builder freeBytesMin(long bytes) {
            logOptions = logOptions.withFreeBytesMin(bytes);
            return this;
        }

        /**
         * The clock of engine and handlers; without this the system's. Sleeps, delayed calls and retention end at a time of this
         * clock; timeouts and the delays of retries are measured by how time passes: that of a {@link
         * dev.reprise.protocol.time.TimeSource} by itself, that of any other clock by the clock. The engine looks at it when it is
         * woken by something else, and once a second.
         *
         * @param source must be safe for any thread
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * What kind of thread executes closures of runs whose options do not say one; {@link RunThread#VIRTUAL} without this.
         * {@link RunThread#PLATFORM} for a process whose closures compute.
         */
        public Builder runThread(RunThread kind) {
            runThreads = runThreads.withDefault(kind);
            return this;
        }

        /**
         * How many closures of runs platform threads execute at once; further ones wait for a thread.
         *
         * @param threads at least 1; as many as processors, but 2 at least, without this
         * @throws IllegalArgumentException when it is less
         */
        public Builder runPlatformThreadsMax(int threads) {
            runThreads = runThreads.withPlatformMax(threads);
            return this;
        }

        /**
         * For how long {@link Reprise#close} waits for closures of runs that execute, and for handlers that compute; 5 seconds
         * without this.
         *
         * @param grace zero to cut them at once
         * @throws IllegalArgumentException when it is negative
         */
        public Builder closeGrace(Duration grace) {
            if (grace.isNegative()) {
                throw new IllegalArgumentException("Expected a grace of zero or more, found " + grace + ".");
            }
            closeGrace = grace;
            return this;
        }

        /**
         * What becomes of the client's calls that wait for an invocation which is paused or fails again and again; without this
         * they wait on, and a warning is logged after a second.
         */
        public Builder stalls(StallPolicy policy) {
            stalls = policy;
            return this;
        }

        /**
         * Whether a debugger may stop handlers: then an attempt that is silent for long is not cut, and so not started a second
         * time beside the one that stands at a breakpoint; the engine's abort timeout is off. Without this, whether the JVM was
         * started with a debugger's agent ({@code -agentlib:jdwp}). A handler's own abort timeout goes before.
         */
        public Builder debugging(boolean mayStop) {
            debugging = mayStop;
            return this;
        }

        private boolean isDebugged() {
            if (debugging == null) {
                debugging = Debugger.mayStopThreads();
            }
            return debugging;
        }

        private EngineConfig engineConfig() {
            if (!isDebugged()) {
                return config;
            }
            LOG.info("a debugger may stop this JVM: attempts that are silent for long are not cut (no abort timeout)");
            return config.toBuilder().abortTimeout(Debugger.FOR_EVER).build();
        }

        /** How the engine behaves. */
        public Builder config(EngineConfig engineConfig) {
            config = engineConfig;
            return this;
        }

        /**
         * Adds an annotated service object.
         *
         * @throws dev.reprise.sdk.service.ServiceDefinitionException when its shape is not that of a service, or another has its
         *     name
         */
        public Builder bind(Object service) {
            return bind(ServiceDefinition.of(service));
        }

        /**
         * Adds a service.
         *
         * @throws dev.reprise.sdk.service.ServiceDefinitionException when another has its name
         */
        public Builder bind(ServiceDefinition service) {
            service.requireOwnName(services);
            services.add(service);
            return this;
        }

        /**
         * Starts it.
         *
         * @throws dev.reprise.sdk.service.StartException when the folder cannot be used, is in use, damaged or of another version
         * @throws IllegalArgumentException when the folder has another number of partitions than the configuration says
         */
        public Reprise start() {
            try {
                return open();
            } catch (DataFolderException | LogException | StoreException e) {
                throw new StartException(
                        "Expected to start " + (folder == null ? "in memory" : "on the folder " + folder) + ", failed: "
                                + e.getMessage(),
                        e);
            }
        }

        private Reprise open() {
            Registry registry = new Registry(RegistryStore.NONE);
            registry.register(deployment(services));
            Parts storage = folder == null
                    ? new Parts(new MemoryLog(), new MemoryStore())
                    : open(DataFolder.open(folder, config.partitions()));
            SecureRandom random = new SecureRandom();
            LatestFailures failures = new LatestFailures();
            InvocationHandler handlers =
                    new InvocationHandler(services, AttemptThreads.virtual(runThreads), clock, random, failures);
            Engine engine = Engine.start(
                    engineConfig(),
                    new EngineParts(
                            registry, storage.log(), storage.store(), new InProcessTransport(handlers), clock, random));
            return new Reprise(this, engine, handlers, failures);
        }

        /** What the engine takes over. */
        private record Parts(Log log, Store store) {}

        private Parts open(DataFolder data) {
            requirePartitions(data);
            Storage storage = Storage.open(data, logOptions, acceptsLoss, ForceListener.NONE);
            return new Parts(storage.log(), storage.store());
        }

        /** The number of partitions decides where everything lies, so it must stay what it was. */
        private void requirePartitions(DataFolder data) {
            int found = data.partitions();
            if (found != config.partitions()) {
                throw new IllegalArgumentException("the folder " + data.path() + " holds " + found
                        + " partitions, the configuration says " + config.partitions() + ". Configure " + found
                        + ", or use another folder.");
            }
        }
    }
}
