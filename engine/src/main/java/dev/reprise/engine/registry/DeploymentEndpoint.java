package dev.reprise.engine.registry;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where to reach a deployment's handlers. */
public sealed interface DeploymentEndpoint {
    /** In this JVM. */
    record InProcess() implements DeploymentEndpoint {}

    /**
     * Over HTTP.
     *
     * @param uri the address that {@code /discover} and {@code /invoke/…} are appended to
     * @param version the version to speak, without negotiation on a connection that is not encrypted
     * @param additionalHeaders sent with every request, in this order; names in lower case
     */
    record Http(URI uri, HttpVersion version, Map<String, String> additionalHeaders) implements DeploymentEndpoint {
        public Http {
            additionalHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(additionalHeaders));
        }

        /** Without secrets: omits the URI's user and the headers' values. */
        @Override
        public String toString() {
            String address = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            return "Http[" + address + uri.getRawPath() + ", " + version + ", headers " + additionalHeaders.keySet()
                    + "]";
        }
    }

    /** A version of HTTP. */
    enum HttpVersion {
        HTTP_1_1,
        HTTP_2
    }
}
