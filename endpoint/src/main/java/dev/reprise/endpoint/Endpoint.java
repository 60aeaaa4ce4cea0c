package dev.reprise.endpoint;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.attempt.RunThreads;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that a server reaches over HTTP.
 *
 * {@snippet :
 * try (EndpointServer server = Endpoint.bind(new Greeter()).listen(9080)) {
 *     server.register(URI.create("http://localhost:9070"), URI.create("http://localhost:9080"));
 *     server.join();
 * }
 * }
 *
 * <p>It keeps nothing: after a crash, the server begins the attempts that were under way again, here or at another
 * process with the same handlers.
 */
public final class Endpoint {
    /** The port that Restate's SDKs listen on. */
    public static final int DEFAULT_PORT = 9080;

    private Endpoint() {}

    /**
     * Begins with an annotated service object.
     *
     * @throws dev.reprise.sdk.service.ServiceDefinitionException when its shape is not that of a service
     */
    public static Builder bind(Object service) {
        return new Builder().bind(service);
    }

    /** Begins with a service. */
    public static Builder bind(ServiceDefinition service) {
        return new Builder().bind(service);
    }

    /** A configuration. Used by one thread. */
    public static final class Builder {
        private static final int ATTEMPTS_MAX = 100_000;
        private static final int PORT_MAX = 65_535;
        private static final int HEADER_BYTES_MAX = 64 << 10;

        private final List<ServiceDefinition> services = new ArrayList<>();
        private final List<String> identityKeys = new ArrayList<>();
        private int attemptsMax = ATTEMPTS_MAX;
        private RunThreads runThreads = RunThreads.DEFAULT;
        private boolean streams = true;
        private ProtocolVersion newest = ProtocolVersion.values()[ProtocolVersion.values().length - 1];
        private int headerBytesMax = HEADER_BYTES_MAX;
        private int connectionsMax = ClientConnector.connectionsMaxByDefault();
        private @Nullable SSLContext tls;

        private Builder() {}

        /**
         * Adds an annotated service object.
         *
         * @throws dev.reprise.sdk.service.ServiceDefinitionException when its shape is not that of a service, or
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
         * Serves only requests that are signed with one of the keys added; without any, every request.
         *
         * @param key as the server shows it when it starts, {@code publickeyv1_…}; anything else is refused by {@link
         *     #listen}, {@link #lambda} and {@link #handler}
         */
        public Builder identityKey(String key) {
            identityKeys.add(key);
            return this;
        }

        /**
         * How many attempts may run at once; further ones are answered with 503, and the server tries them again.
         *
         * @param attempts at least 1; 100,000 if nothing is said
         * @throws IllegalArgumentException when it is less
         */
        public Builder attemptsMax(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("Expected room for at least 1 attempt, found " + attempts + ".");
            }
            attemptsMax = attempts;
            return this;
        }

        /**
         * What kind of thread executes closures of runs whose options do not say one; {@link RunThread#VIRTUAL} if
         * nothing is said. {@link RunThread#PLATFORM} for a process whose closures compute.
         */
        public Builder runThread(RunThread kind) {
            runThreads = runThreads.withDefault(kind);
            return this;
        }

        /**
         * How many closures of runs platform threads execute at once; further ones wait for a thread.
         *
         * @param threads at least 1; as many as processors, but 2 at least, if nothing is said
         * @throws IllegalArgumentException when it is less
         */
        public Builder runPlatformThreadsMax(int threads) {
            runThreads = runThreads.withPlatformMax(threads);
            return this;
        }

        /**
         * How large the headers of a request may be, all together; a request with more is answered with 431. The
         * headers of all requests under way may take an eighth of the heap; a request beyond that is answered with 503.
         *
         * @param bytes at least 1,024; 65,536 if nothing is said
         * @throws IllegalArgumentException when it is less
         */
        public Builder headerBytesMax(int bytes) {
            if (bytes < 1 << 10) {
                throw new IllegalArgumentException(
                        "Expected room for at least 1024 bytes of headers, found " + bytes + ".");
            }
            headerBytesMax = bytes;
            return this;
        }

        /**
         * How many connections may be open at once; further ones are refused with 503. A server needs few.
         *
         * @param connections at least 1; half of the files that the process may have open if nothing is said
         * @throws IllegalArgumentException when it is less
         */
        public Builder connectionsMax(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException(
                        "Expected room for at least 1 connection, found " + connections + ".");
            }
            connectionsMax = connections;
            return this;
        }

        /**
         * Asks the server to send whole requests and read whole answers, for networks that buffer them. Handlers then
         * suspend whenever they wait.
         */
        public Builder requestResponseOnly() {
            streams = false;
            return this;
        }

        /**
         * Speaks no version of the protocol beyond this one, as long as some server that serves the same deployment,
         * such as one to go back to, does not know it. The newest if nothing is said; a server takes the newest that
         * both know.
         */
        public Builder protocolMax(ProtocolVersion version) {
            newest = Objects.requireNonNull(version, "the newest protocol version");
            return this;
        }

        /**
         * Listens with TLS, HTTP/2 and HTTP/1.1 by ALPN. Without, everything is sent in the clear.
         *
         * @param context holds the key and the certificate of this endpoint
         */
        public Builder tls(SSLContext context) {
            tls = context;
            return this;
        }

        /**
         * What is answered, for a transport of your own.
         *
         * @throws IllegalArgumentException when an identity key is none
         */
        public EndpointHandler handler() {
            return new EndpointHandler(
                    services,
                    runThreads,
                    new RequestVerifier(identityKeys, InstantSource.system()),
                    attemptsMax,
                    streams,
                    newest);
        }

        /**
         * For AWS Lambda, with {@link #requestResponseOnly}. The original server invokes functions there; this
         * project's does not.
         *
         * @throws IllegalArgumentException when an identity key is none
         */
        public LambdaEndpoint lambda() {
            requestResponseOnly();
            return new LambdaEndpoint(handler());
        }

        /**
         * Serves HTTP/1.1 and HTTP/2, on all network addresses of this machine.
         *
         * @param port 1 to 65535, or 0 for any free one, which {@link EndpointServer#port} tells
         * @throws dev.reprise.sdk.service.StartException when the port is taken or may not be used
         * @throws IllegalArgumentException when there is no such port, or an identity key is none
         */
        public EndpointServer listen(int port) {
            if (port < 0 || port > PORT_MAX) {
                throw new IllegalArgumentException(
                        "Expected a port of 1 to " + PORT_MAX + ", or 0 for any free one, found " + port + ".");
            }
            return EndpointServer.start(handler(), port, tls, EndpointServer.Limits.of(headerBytesMax, connectionsMax));
        }
    }
}
