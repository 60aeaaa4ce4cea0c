package dev.reprise.server.admin;

import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.EndpointManifest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a deployment what it serves, or to convert values. For any thread that may block. */
@FunctionalInterface
public interface EndpointDiscovery {
    /**
     * Asks a deployment what it serves.
     *
     * @param uri the deployment's address
     * @param useHttp11 whether to speak HTTP/1.1 instead of HTTP/2 where no version is negotiated
     * @param additionalHeaders headers to send along
     * @throws Failure when it does not answer, or not with a manifest
     */
    Discovered discover(URI uri, boolean useHttp11, Map<String, String> additionalHeaders);

    /**
     * Has a deployment's SDK turn JSON into a value, or a value into JSON.
     *
     * @param service the service's name, encoded as in a path
     * @param serde the serde's name, encoded as in a path; may contain slashes
     * @param toBytes whether the given value is JSON
     * @throws Failure when it cannot
     */
    default Bytes convert(DeploymentEndpoint.Http at, String service, String serde, boolean toBytes, Bytes value) {
        throw new Failure(null, "no deployment can be asked to convert values", null);
    }

    /**
     * The answer of a deployment.
     *
     * @param sdkVersion null if it names none
     * @param httpVersion the version that was spoken, which is used from now on
     */
    record Discovered(EndpointManifest manifest, @Nullable String sdkVersion, HttpVersion httpVersion) {}

    /** A deployment cannot be asked, or answers with something else. */
    final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Nullable
        private final String code;

        /**
         * A failure.
         *
         * @param code Restate's code for it, {@code META…}; null if it has none
         */
        public Failure(@Nullable String code, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        /** Restate's code for it; empty if it has none. */
        public Optional<String> code() {
            return Optional.ofNullable(code);
        }
    }
}
