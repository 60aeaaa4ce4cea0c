package dev.reprise.server;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineConfig;
import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.engine.invoker.AttemptListener;
import dev.reprise.engine.invoker.AttemptStream;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.protocol.RawMessage;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** An engine on a folder, and its faces. */
final class RepriseServer implements AutoCloseable {
    private final Engine engine;
    private final IngressServer ingress;

    private RepriseServer(Engine engine, IngressServer ingress) {
        this.engine = engine;
        this.ingress = ingress;
    }

    static RepriseServer start(Path folder, int ingressPort) throws IOException {
        FileLog log = FileLog.open(folder.resolve("log"), FileLogOptions.DEFAULT);
        RocksStore store;
        try {
            store = RocksStore.open(folder.resolve("store"));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        Engine engine = Engine.start(
                EngineConfig.DEFAULT,
                new Registry(RegistryStore.NONE),
                log,
                store,
                RepriseServer::unreachable,
                InstantSource.system(),
                new SecureRandom());
        try {
            return new RepriseServer(
                    engine, IngressServer.start(engine, ingressPort, IngressServer.DEFAULT_BODY_BYTES_MAX));
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
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

    @Override
    public void close() {
        ingress.close();
        engine.close();
    }
}
