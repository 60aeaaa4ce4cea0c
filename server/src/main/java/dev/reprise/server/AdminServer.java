package dev.reprise.server;

import dev.reprise.engine.AdminProvider;
import dev.reprise.engine.AdminProvider.Access;
import dev.reprise.engine.Engine;
import dev.reprise.server.admin.AdminContext;
import dev.reprise.server.admin.AdminHandler;
import dev.reprise.server.admin.EndpointDiscovery;
import dev.reprise.server.admin.ForeignRequests;
import dev.reprise.server.admin.ReadOnly;
import dev.reprise.server.config.Address;
import dev.reprise.server.config.ConfigLoader;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.query.QueryHandler;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.ui.UiHandler;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/**
 * The admin API, SQL and the web page over an engine in this process, on a port that only this machine can reach. The
 * handlers of such an engine are bound to it rather than registered, so no deployment can be added here. The page is
 * not notified of what happens; it polls from time to time.
 */
public final class AdminServer implements AdminProvider.Served {
    private static final int SHARE_OF_HEAP = 4;

    private final HttpServer server;
    private final QueryHandler query;

    private AdminServer(HttpServer server, QueryHandler query) {
        this.server = server;
        this.query = query;
    }

    /** Starts serving clients that may only read. */
    public static AdminServer start(Engine engine, int port, @Nullable URI ingress) throws IOException {
        return start(engine, port, ingress, Access.READ);
    }

    /**
     * Starts serving.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @param ingress where the page sends calls to; null if there is none
     * @throws IOException when the port is taken or may not be used
     */
    public static AdminServer start(Engine engine, int port, @Nullable URI ingress, Access access) throws IOException {
        ServerConfig config = ConfigLoader.load(null, Map.of(), Map.of()).config();
        QueryHandler query =
                new QueryHandler(engine, QueryLimits.within(config.admin().queryBytesMax()), InstantSource.system());
        query.warmUpIn(Duration.ZERO);
        EndpointDiscovery none = (_, _, _) -> {
            throw new EndpointDiscovery.Failure(
                    null,
                    "This engine is part of a program, which binds its handlers itself: none can be added.",
                    null);
        };
        AdminContext context = new AdminContext(
                engine,
                none,
                new AdminContext.Defaults(config.retention(), config.invoker(), config.retries()),
                new AdminContext.Identity(
                        Version.current(), ingress, config.node().clusterName(), 1),
                InstantSource.system(),
                new SecureRandom());
        Handler all = new AdminHandler(context, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, query);
        Handler answers = access == Access.READ ? new ReadOnly(all) : all;
        return new AdminServer(
                HttpServer.start(
                        "admin API",
                        new Address("127.0.0.1", port),
                        new ForeignRequests(config.admin(), UiHandler.around(answers, null, ingress)),
                        Duration.ZERO),
                query);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        query.close();
    }
}
