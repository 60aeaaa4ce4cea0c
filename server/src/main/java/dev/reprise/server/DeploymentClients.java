package dev.reprise.server;

import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import dev.reprise.server.admin.EndpointDiscovery;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.deployment.DiscoveryClient;
import dev.reprise.server.deployment.DiscoveryException;
import dev.reprise.server.deployment.HttpDeploymentTransport;
import dev.reprise.server.deployment.MessageLimits;
import dev.reprise.server.deployment.RequestSigner;
import dev.reprise.server.deployment.SerdeClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the server reaches deployments: one HTTP client for attempts and for discovery. */
final class DeploymentClients implements AutoCloseable, EndpointDiscovery {
    private static final Logger logger = LoggerFactory.getLogger(DeploymentClients.class);
    private static final int ANSWERS_SHARE_OF_HEAP = 8;

    private final HttpClient client;
    private final MessageLimits limits;
    private final MemoryPool answers = new MemoryPool(Runtime.getRuntime().maxMemory() / ANSWERS_SHARE_OF_HEAP);
    private final Optional<RequestSigner> identity;
    private final DiscoveryClient discovery;
    private final SerdeClient serdes;

    private DeploymentClients(HttpClient client, MessageLimits limits, Optional<RequestSigner> identity) {
        this.client = client;
        this.limits = limits;
        this.identity = identity;
        this.discovery = new DiscoveryClient(client, identity, answers);
        this.serdes = new SerdeClient(client, identity, answers);
    }

    static DeploymentClients start(ServerConfig.Deployments config) {
        Optional<RequestSigner> identity;
        try {
            identity = config.identityKeyFile()
                    .map(file -> RequestSigner.read(file, config.identityExpiration(), InstantSource.system()));
        } catch (IllegalArgumentException e) {
            throw new ServerStartException(String.valueOf(e.getMessage()), e);
        }
        identity.ifPresent(
                signer -> logger.info("requests to deployments are signed, checked with {}", signer.publicKey()));
        return new DeploymentClients(HttpClient.start(options(config)), limits(config), identity);
    }

    private static MessageLimits limits(ServerConfig.Deployments config) {
        return MessageLimits.DEFAULT
                .withMessageBytesMax(config.messageBytesMax())
                .withMessageBytesWarning(config.messageBytesWarning());
    }

    private static HttpOptions options(ServerConfig.Deployments config) {
        return HttpOptions.DEFAULT
                .withConnections(config.idleTimeout(), config.streamsPerConnectionMax())
                .withRequestHeaders(headers(config.additionalHeaders()))
                .withTimeouts(config.connectTimeout(), config.keepAliveInterval(), config.keepAliveTimeout());
    }

    private static List<Header> headers(Map<String, String> named) {
        return named.entrySet().stream()
                .map(header -> new Header(header.getKey().toLowerCase(Locale.ROOT), header.getValue()))
                .toList();
    }

    /** The memory taken by answers that are read as a whole, for metrics. */
    List<MemoryPool> pools() {
        return List.of(answers);
    }

    DeploymentTransport transport() {
        return new HttpDeploymentTransport(client, limits, identity);
    }

    @Override
    public Discovered discover(URI uri, boolean useHttp11, Map<String, String> additionalHeaders) {
        try {
            var found = discovery.discover(uri, useHttp11 ? HttpVersion.HTTP_1_1 : null, additionalHeaders);
            return new Discovered(found.manifest(), found.sdkVersion(), found.httpVersion());
        } catch (DiscoveryException e) {
            throw new Failure(e.code().orElse(null), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Bytes convert(DeploymentEndpoint.Http at, String service, String serde, boolean toBytes, Bytes value) {
        try {
            return Bytes.wrap(serdes.convert(at, service, serde, toBytes, value.array()));
        } catch (DiscoveryException e) {
            throw new Failure(null, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
