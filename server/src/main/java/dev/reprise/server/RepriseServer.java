package dev.reprise.server;

import dev.reprise.engine.DataFolder;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.storage.Storage;
import dev.reprise.server.admin.AdminContext;
import dev.reprise.server.admin.AdminHandler;
import dev.reprise.server.admin.FileRegistryStore;
import dev.reprise.server.admin.ForeignRequests;
import dev.reprise.server.config.Address;
import dev.reprise.server.config.ClientLimits;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.http.AnswerMemory;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RequestBodies;
import dev.reprise.server.ingress.IngressServer;
import dev.reprise.server.ingress.IngressTraces;
import dev.reprise.server.metrics.ServerMetrics;
import dev.reprise.server.query.QueryHandler;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.tracing.ServerTraces;
import dev.reprise.server.ui.Changes;
import dev.reprise.server.ui.UiHandler;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine on a folder, and everything through which it is reached. */
final class RepriseServer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RepriseServer.class);

    static final String ADMIN = "admin API";
    static final String INGRESS = "ingress";
    static final String METRICS = "metrics";

    /** Later than the first requests, so that they have the processors for themselves. */
    private static final Duration WARM_UP_AFTER = Duration.ofSeconds(5);

    /** A request may wait for an invocation forever, so shutdown waits for none any longer; Restate does the same. */
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    private static final int ADMIN_SHARE_OF_HEAP = 4;

    /** The exit code when the disk has failed: that of {@code sysexits.h} for an input/output error. */
    static final int DISK_FAILED = 74;

    private final ServerConfig config;
    private final String settings;
    private final boolean acceptsLoss;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;
    private long drainEndNanos;

    /** The URIs that answer when all is well, by the name of what they serve. */
    private final Map<String, URI> healthUris = new LinkedHashMap<>();

    /** Everything that is open, most recent first. */
    private final Deque<Closing> open = new ArrayDeque<>();

    /** Closes one part. */
    private interface Closing {
        void close();
    }

    private RepriseServer(ServerConfig config, String settings, boolean acceptsLoss) {
        this.config = config;
        this.settings = settings;
        this.acceptsLoss = acceptsLoss;
    }

    /**
     * Starts everything, or nothing.
     *
     * @param settings the settings in force, to be shown to whoever looks at the server
     * @param acceptsLoss whether to go on without the data that the folder has lost
     * @throws IOException when a port cannot be used
     */
    static RepriseServer start(ServerConfig config, String settings, boolean acceptsLoss) throws IOException {
        RepriseServer server = new RepriseServer(config, settings, acceptsLoss);
        boolean started = false;
        try {
            server.startParts();
            started = true;
        } finally {
            if (!started) {
                server.close();
            }
        }
        return server;
    }

    private void startParts() throws IOException {
        logger.info(
                "Reprise {}, node {} of {}, on Java {}",
                Version.current(),
                nodeName(),
                config.node().clusterName(),
                Runtime.version());
        ServerMetrics metrics = new ServerMetrics(config.node().clusterName(), nodeName());
        open.push(metrics::close);
        Optional<ServerTraces> traces = startTraces();
        DeploymentClients deployments = DeploymentClients.start(config.deployments());
        open.push(deployments::close);
        DeploymentTransport transport = metrics.around(deployments.transport());
        Changes changes = new Changes(metrics.around(
                traces.map(ServerTraces::invocations).orElse(InvocationObserver.NONE), InstantSource.system()));
        Engine engine = startEngine(
                metrics,
                traces.map(t -> t.around(transport)).orElse(transport),
                new DiskFailures(changes, this::diskFailed));
        metrics.watch(engine, config.node().folder());
        if (config.node().metrics()) {
            serve(
                    METRICS,
                    config.node().bind(),
                    metrics.handler(engine),
                    "/health",
                    config.node().limits());
        }
        RequestBodies bodies = IngressServer.bodies(bodyLimits());
        AnswerMemory results = AnswerMemory.ofHeap();
        Handler ingress = IngressServer.handler(
                engine,
                bodies,
                results,
                InstantSource.system(),
                traces.map(ServerTraces::ingress).orElse(IngressTraces.NONE));
        QueryHandler query =
                new QueryHandler(engine, QueryLimits.within(config.admin().queryBytesMax()), InstantSource.system());
        open.push(query::close);
        AdminHandler answers = new AdminHandler(adminContext(engine, deployments), adminMemoryBytes(), query);
        Handler admin = withPage(metrics.report(engine, config.node().folder(), settings), answers, changes);
        metrics.watch("invoker", engine.views().memory());
        metrics.watch("ingress-requests", bodies.pools());
        metrics.watch("ingress-responses", results.pools());
        metrics.watch("admin-requests", answers.pools());
        metrics.watch("admin-responses", answers.answerPools());
        metrics.watch("discovery", deployments.pools());
        serve(ADMIN, config.admin().bind(), admin, "/health", config.admin().limits());
        open.push(changes::close);
        serve(
                INGRESS,
                config.ingress().bind(),
                metrics.around(ingress),
                "/restate/health",
                config.ingress().limits());
        query.warmUpIn(WARM_UP_AFTER);
    }

    private Handler withPage(Handler report, Handler answers, Changes changes) {
        ServerConfig.Admin admin = config.admin();
        Handler all = new Handler.Sequence(report, answers);
        return new ForeignRequests(admin, admin.webUi() ? UiHandler.around(all, changes, ingressUri()) : all);
    }

    private URI ingressUri() {
        return URI.create(config.ingress()
                .advertised()
                .orElse("http://127.0.0.1:" + config.ingress().bind().port()));
    }

    private BodyLimits bodyLimits() {
        ServerConfig.Ingress ingress = config.ingress();
        return new BodyLimits(
                ingress.requestBytesMax(),
                ingress.requestMemoryBytes().orElseGet(() -> BodyLimits.defaultMemoryBytes(ingress.requestBytesMax())),
                1,
                ingress.stallTimeout(),
                BodyLimits.PATIENCE);
    }

    private long adminMemoryBytes() {
        return config.admin()
                .requestMemoryBytes()
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / ADMIN_SHARE_OF_HEAP);
    }

    private AdminContext adminContext(Engine engine, DeploymentClients deployments) {
        return new AdminContext(
                engine,
                deployments,
                new AdminContext.Defaults(config.retention(), config.invoker(), config.retries()),
                new AdminContext.Identity(
                        Version.current(), ingressUri(), config.node().clusterName(), 1),
                InstantSource.system(),
                new SecureRandom());
    }

    private String nodeName() {
        return config.node().name().orElseGet(() -> System.getenv().getOrDefault("HOSTNAME", "localhost"));
    }

    private Optional<ServerTraces> startTraces() {
        Optional<ServerTraces> traces = config.tracing()
                .endpoint()
                .map(endpoint -> ServerTraces.to(endpoint, config.tracing().headers(), config.node()));
        traces.ifPresent(started -> open.push(started::close));
        return traces;
    }

    private void serve(String what, Address bind, Handler handler, String healthPath, ClientLimits limits)
            throws IOException {
        HttpServer face = HttpServer.start(what, bind, handler, drain(), limits);
        open.push(() -> face.close(drainLeft()));
        healthUris.put(what, URI.create("http://127.0.0.1:" + face.port() + healthPath));
        logger.info("serving the {} on port {} of {}", what, face.port(), bind.host());
    }

    private Engine startEngine(ServerMetrics metrics, DeploymentTransport transport, InvocationObserver observer) {
        DataFolder folder =
                DataFolder.open(config.node().folder(), config.node().partitions());
        FileRegistryStore registered = new FileRegistryStore(folder.registry());
        boolean hasRegistry = folder.requireRegistry(acceptsLoss);
        FileLogOptions options =
                FileLogOptions.DEFAULT.withFreeBytesMin(config.disk().freeBytesMin());
        Storage storage = Storage.open(folder, options, acceptsLoss, metrics);
        Engine engine;
        try {
            if (!hasRegistry) {
                registered.save(registered.load().orElse(RegistryStore.State.EMPTY));
                folder.noteRegistry();
            }
            engine = Engine.start(
                    EngineSettings.of(config, folder.partitions()),
                    new EngineParts(
                            new Registry(registered),
                            storage.log(),
                            storage.store(),
                            transport,
                            observer,
                            InstantSource.system(),
                            new SecureRandom()));
        } catch (RuntimeException e) {
            storage.log().close();
            storage.store().close();
            throw e;
        }
        logger.info("data in {}, {} partitions", folder.path().toAbsolutePath(), folder.partitions());
        open.push(engine::close);
        return engine;
    }

    /** The URI that answers with 200 when the server is ready. */
    URI healthUri(String face) {
        return Objects.requireNonNull(healthUris.get(face), face);
    }

    private void diskFailed(Throwable cause) {
        if (config.disk().onFailure() == ServerConfig.OnDiskFailure.EXIT && exitCode == 0) {
            logger.error("ending with code {}, to be started again: {}", DISK_FAILED, cause.getMessage());
            exitCode = DISK_FAILED;
            ended.countDown();
        }
    }

    /** Waits until it has been closed or must end, and returns the process's exit code. */
    int awaitEnd() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    private Duration drain() {
        Duration timeout = config.node().shutdownTimeout();
        return timeout.compareTo(DRAIN_MAX) < 0 ? timeout : DRAIN_MAX;
    }

    /** How much is left of the time in which requests may end. */
    private Duration drainLeft() {
        return Duration.ofNanos(drainEndNanos - System.nanoTime());
    }

    /**
     * Accepts no more requests, lets running ones end for a while, and closes the files. Every part is closed, even if
     * closing another one fails.
     *
     * @throws RuntimeException the first failure to close a part; the others are suppressed in it
     */
    @Override
    public void close() {
        drainEndNanos = System.nanoTime() + drain().toNanos();
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        ended.countDown();
        if (first != null) {
            throw first;
        }
    }
}
