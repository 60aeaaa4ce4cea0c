package dev.reprise.server.deployment;

import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import java.util.Map;
import java.util.Optional;

/** An answer without its body; of a header that came several times the first value. Names are in lower case. */
record ResponseHead(HttpVersion version, int status, Map<String, String> headers) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
