package dev.reprise.server.deployment;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A deployment on a real socket that does what a script says, each request on a thread of its own. */
final class ScriptedDeployment implements AutoCloseable {
    /** What is done with a request. */
    interface Script {
        void run(ScriptedRequest request) throws Exception;
    }

    private final Server server;
    private final ServerConnector connector;
    private final String scheme;
    private final Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();

    private ScriptedDeployment(Server server, ServerConnector connector, String scheme) {
        this.server = server;
        this.connector = connector;
        this.scheme = scheme;
    }

    static ScriptedDeployment start(Script script) throws Exception {
        return start(script, 1024);
    }

    /** Serves HTTP/1.1 and HTTP/2 by prior knowledge, with so many streams at once on a connection. */
    static ScriptedDeployment start(Script script, int streamsMax) throws Exception {
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(new HttpConfiguration());
        http2.setMaxConcurrentStreams(streamsMax);
        return start(script, "http", new HttpConnectionFactory(new HttpConfiguration()), http2);
    }

    /** Serves HTTP/1.1 alone. */
    static ScriptedDeployment startHttp1(Script script) throws Exception {
        return start(script, "http", new HttpConnectionFactory(new HttpConfiguration()));
    }

    /** Serves both over TLS, as the handshake agrees. */
    static ScriptedDeployment startTls(Script script, SelfSigned certificate) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(certificate.context());
        return start(
                script,
                "https",
                new SslConnectionFactory(tls, "alpn"),
                new ALPNServerConnectionFactory("h2", "http/1.1"),
                new HTTP2ServerConnectionFactory(http),
                new HttpConnectionFactory(http));
    }

    private static ScriptedDeployment start(Script script, String scheme, ConnectionFactory... protocols)
            throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(16);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, protocols);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        ScriptedDeployment deployment = new ScriptedDeployment(server, connector, scheme);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                deployment.peers.add(request.getConnectionMetaData().getRemoteSocketAddress());
                script.run(new ScriptedRequest(request, response, callback));
                return true;
            }
        });
        server.start();
        return deployment;
    }

    /** How many connections have brought requests. */
    int connections() {
        return peers.size();
    }

    URI uri() {
        return URI.create(scheme + "://localhost:" + connector.getLocalPort() + "/");
    }

    Deployment deployment() {
        return deployment(uri(), HttpVersion.HTTP_2, ProtocolMode.BIDI_STREAM);
    }

    Deployment deployment(HttpVersion version, ProtocolMode mode) {
        return deployment(uri(), version, mode);
    }

    static Deployment deployment(URI uri, HttpVersion version, ProtocolMode mode) {
        ServiceManifest greeter = ServiceManifest.of(
                "Greeter", ServiceType.SERVICE, List.of(HandlerManifest.of("greet", null, null, null)));
        ServiceManifest counter = ServiceManifest.of(
                "Counter",
                ServiceType.VIRTUAL_OBJECT,
                List.of(HandlerManifest.of("add", HandlerType.EXCLUSIVE, null, null)));
        return new Deployment(
                new DeploymentId(1, 2),
                new DeploymentEndpoint.Http(uri, version, Map.of("x-extra", "yes")),
                new EndpointManifest(mode, 5, 7, List.of(greeter, counter), null),
                null,
                Map.of(),
                0);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the scripted deployment does not stop", e);
        }
    }
}
