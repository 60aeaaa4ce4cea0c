package dev.reprise.server;

import dev.reprise.engine.Engine;
import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.engine.invoker.AttemptListener;
import dev.reprise.engine.invoker.AttemptStream;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.protocol.RawMessage;
import dev.reprise.server.admin.FileRegistryStore;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine on a folder, and its faces. */
final class RepriseServer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RepriseServer.class);

    private final ServerConfig config;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final List<URI> healthUris = new ArrayList<>();

    /** What is open, the last first. */
    private final Deque<Closing> open = new ArrayDeque<>();

    /** How a part is closed. */
    private interface Closing {
        void close();
    }

    private RepriseServer(ServerConfig config) {
        this.config = config;
    }

    /**
     * Starts everything, or nothing.
     *
     * @throws IOException when a port cannot be used
     */
    static RepriseServer start(ServerConfig config) throws IOException {
        RepriseServer server = new RepriseServer(config);
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
        Engine engine = startEngine();
        IngressServer ingress = IngressServer.start(
                engine,
                config.ingress().bind(),
                config.ingress().requestBytesMax(),
                config.node().shutdownTimeout());
        open.push(ingress::close);
        healthUris.add(URI.create("http://127.0.0.1:" + ingress.port() + "/restate/health"));
        logger.info("serving the ingress on port {}", ingress.port());
    }

    private Engine startEngine() {
        DataFolder folder = DataFolder.create(config.node().folder());
        FileLog log = FileLog.open(folder.log(), FileLogOptions.DEFAULT);
        open.push(log::close);
        int partitions = folder.partitions(config.node().partitions());
        RocksStore store = RocksStore.open(folder.store());
        open.push(store::close);
        Engine engine = Engine.start(
                EngineSettings.of(config, partitions),
                new Registry(new FileRegistryStore(folder.registry())),
                log,
                store,
                RepriseServer::unreachable,
                InstantSource.system(),
                new SecureRandom());
        // The engine closes both with itself.
        open.clear();
        open.push(engine::close);
        logger.info("data in {}, {} partitions", folder.path().toAbsolutePath(), partitions);
        return engine;
    }

    private static AttemptStream unreachable(AttemptHead head, AttemptListener listener) {
        listener.onFailed("this server has no way to reach deployment "
                + head.deployment().id() + " yet");
        return new AttemptStream() {
            @Override
            public void send(List<RawMessage> messages) {}

            @Override
            public void closeInput() {}

            @Override
            public void abort() {}
        };
    }

    /** What answers with 200 when the server is ready. */
    List<URI> healthUris() {
        return List.copyOf(healthUris);
    }

    /** Waits until it was closed. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Takes no more requests, lets those that run end within the shutdown timeout, and closes the files. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        ended.countDown();
    }
}
