package dev.reprise.embedded;

import dev.reprise.engine.AdminProvider;
import dev.reprise.engine.DataFolder;
import dev.reprise.engine.DataFolderException;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
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
import dev.reprise.engine.storage.Storage;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.DropListener;
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
import java.util.OptionalInt;
import java.util.function.Consumer;
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
 * <p>After a crash, accepted invocations continue when it is started again on the same folder with the same services.
 * Any thread.
 */
public final class Reprise implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reprise.class);

    /** The only deployment; its id is the same in every run, so that an invocation finds it again. */
    private static final DeploymentId IN_PROCESS = new DeploymentId(0, 1);

    private static final Duration STALL_PATIENCE = Duration.ofSeconds(1);

    private final Engine engine;
    private final InvocationHandler handlers;
    private final Client client;
    private final Duration closeGrace;
    private final boolean debugged;
    private final Standstill standstill;
    private final StallWatch watch;
    private final AdminProvider.@Nullable Served admin;

    private Reprise(Builder builder, Engine engine, InvocationHandler handlers, LatestFailures failures) {
        this.engine = engine;
        this.handlers = handlers;
        this.closeGrace = builder.closeGrace;
        this.debugged = builder.isDebugged();
        this.standstill = new Standstill(engine, failures);
        this.watch = new StallWatch(standstill, STALL_PATIENCE, STALL_PATIENCE);
        this.client = new Client(new EngineTransport(engine, builder.clock, watch, builder.stalls));
        this.admin = builder.admin == null ? null : builder.admin.serve(engine);
    }

    /** The only deployment, with these services. */
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

    /** A client for this engine. */
    public Client client() {
        return client;
    }

    /** Whether attempts are never cut, because a debugger may stop handlers; see {@link Builder#debugging}. */
    public boolean isDebugged() {
        return debugged;
    }

    /** The calls of this engine's clients that wait for an answer. */
    public Collection<WaitingCall> waitingCalls() {
        return watch.waiting();
    }

    /**
     * The {@linkplain #waitingCalls waiting calls} that make no progress, and why: their invocation is paused or waits
     * for a retry after a failure, or it waits for such an invocation in turn.
     */
    public Map<WaitingCall, Stall> stalledCalls() {
        return standstill.stalled(watch.waiting());
    }

    /** The port of the admin API and the web page; empty unless {@link Builder#admin(int)} asked for one. */
    public OptionalInt adminPort() {
        return admin == null ? OptionalInt.empty() : OptionalInt.of(admin.port());
    }

    /** The engine itself, for an interface of your own such as an HTTP ingress. */
    public Engine engine() {
        return engine;
    }

    /**
     * Begins nothing more, lets executing closures of runs end and be recorded, and closes the files. Unfinished
     * invocations continue at the next start.
     *
     * <p>It waits {@linkplain Builder#closeGrace for a bounded time}, and only for handlers that are doing something:
     * those that wait suspend at once. Whatever has not ended by then is cut and repeated at the next start: closures
     * that wait for a platform thread are not executed, and those that are executing are interrupted. They may run to
     * their end, but their results are not recorded.
     */
    @Override
    public void close() {
        try {
            if (admin != null) {
                admin.close();
            }
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
        private DropListener drops = DropListener.NONE;
        private Duration closeGrace = CLOSE_GRACE;
        private StallPolicy stalls = StallPolicy.WAIT;
        private @Nullable Boolean debugging;
        private @Nullable Path folder;
        private @Nullable AdminPort admin;

        private Builder() {}

        /**
         * Keeps everything in a folder, which is created if it does not exist. Only one process at a time may open it.
         */
        public Builder folder(Path path) {
            folder = path;
            return this;
        }

        /** Starts even if the folder has lost something, which is then logged. By default such a folder is refused. */
        public Builder acceptLoss() {
            acceptsLoss = true;
            return this;
        }

        /**
         * How much room the folder's disk should have left for what has begun, 128 MiB by default. With less, calls and
         * sends are refused with code 503, while everything else continues.
         *
         * @param bytes 0 for no such limit
         */
        public Builder freeBytesMin(long bytes) {
            logOptions = logOptions.withFreeBytesMin(bytes);
            return this;
        }

        /**
         * The clock of engine and handlers; by default the system's. Sleeps, delayed calls and retention end at a time
         * of this clock. Timeouts and the delays of retries follow the passing of time: a
         * {@link dev.reprise.protocol.time.TimeSource} measures that itself, for any other clock it is the clock's own.
         * The engine looks at it whenever something else wakes it, and once a second.
         *
         * @param source must be safe for any thread
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * The kind of thread for closures of runs whose options do not choose one; by default
         * {@link RunThread#VIRTUAL}. Use {@link RunThread#PLATFORM} in a process whose closures compute.
         */
        public Builder runThread(RunThread kind) {
            runThreads = runThreads.withDefault(kind);
            return this;
        }

        /**
         * How many closures of runs platform threads execute at once; further ones wait for a thread.
         *
         * @param threads at least 1; by default the number of processors, but at least 2
         * @throws IllegalArgumentException when it is less
         */
        public Builder runPlatformThreadsMax(int threads) {
            runThreads = runThreads.withPlatformMax(threads);
            return this;
        }

        /**
         * How long {@link Reprise#close} waits for closures of runs that are executing, and for handlers that compute;
         * by default 5 seconds.
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
         * What happens to the client's calls that wait for an invocation which is paused or fails again and again. By
         * default they keep waiting, and a warning is logged after a second.
         */
        public Builder stalls(StallPolicy policy) {
            stalls = policy;
            return this;
        }

        /**
         * Whether a debugger may stop handlers. If so, an attempt that is silent for long is not cut, and so never
         * started a second time beside the one at a breakpoint; the engine's abort timeout is off. By default, whether
         * the JVM was started with a debugger's agent ({@code -agentlib:jdwp}). A handler's own abort timeout takes
         * precedence.
         */
        public Builder debugging(boolean mayStop) {
            debugging = mayStop;
            return this;
        }

        /**
         * Tells {@code listener} of every promise that a handler drops, with the line that made it; at once, on the
         * handler's thread, and again in a later attempt that comes so far. For tests and development: each promise
         * costs a walk of the stack. By default there is none.
         */
        public Builder onDroppedPromise(Consumer<DroppedPromise> listener) {
            drops = dropped -> listener.accept(
                    new DroppedPromise(dropped.handler(), dropped.promise(), dropped.line(), dropped.isWaitedFor()));
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

        /**
         * Serves the admin API, SQL and the web page ({@code http://localhost:9070/ui/}) on this machine's loopback
         * address, to be read: nobody changes anything by it. The artifact {@code dev.reprise:reprise-server} must be
         * there at run time.
         *
         * @param port such as 9070, or 0 for any free one; {@link Reprise#adminPort} tells which
         * @throws IllegalArgumentException when the artifact is not there, or that is no port
         */
        public Builder admin(int port) {
            return admin(port, AdminProvider.Access.READ);
        }

        /**
         * As {@link #admin(int)}, and says what clients may do. Whoever reaches the port may do it, all programs of
         * this machine among them.
         */
        public Builder admin(int port, AdminProvider.Access access) {
            admin = AdminPort.of(port, access);
            return this;
        }

        /** How the engine behaves. */
        public Builder config(EngineConfig engineConfig) {
            config = engineConfig;
            return this;
        }

        /**
         * Adds an annotated service object.
         *
         * @throws dev.reprise.sdk.service.ServiceDefinitionException when it does not have the shape of a service, or
         *     another has its name
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
         * Starts the engine.
         *
         * @throws dev.reprise.sdk.service.StartException when the folder cannot be used, is in use, damaged or of
         *     another version
         * @throws IllegalArgumentException when the folder has another number of partitions than the configuration
         */
        public Reprise start() {
            try {
                return open();
            } catch (DataFolderException | LogException | StoreException e) {
                throw new StartException(startFailed(String.valueOf(e.getMessage())), e);
            }
        }

        /** Names the folder, but not twice. */
        private String startFailed(String why) {
            String where = folder == null ? " in memory" : " on the folder " + folder;
            boolean isNamed = folder != null && why.contains(folder.toString());
            return "Expected to start" + (isNamed ? "" : where) + ", failed: " + why;
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
                    new InvocationHandler(services, AttemptThreads.virtual(runThreads, drops), clock, random, failures);
            Engine engine = Engine.start(
                    engineConfig(),
                    new EngineParts(
                            registry, storage.log(), storage.store(), new InProcessTransport(handlers), clock, random));
            try {
                return new Reprise(this, engine, handlers, failures);
            } catch (StartException e) {
                engine.close();
                handlers.close();
                throw e;
            }
        }

        /** The parts that the engine takes over. */
        private record Parts(Log log, Store store) {}

        private Parts open(DataFolder data) {
            requirePartitions(data);
            Storage storage = Storage.open(data, logOptions, acceptsLoss, ForceListener.NONE);
            return new Parts(storage.log(), storage.store());
        }

        /** The number of partitions decides where every row is, so it must stay the same. */
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
