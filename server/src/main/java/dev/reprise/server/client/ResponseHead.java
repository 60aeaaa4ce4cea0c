package dev.reprise.server.client;

import java.util.Map;
import java.util.Optional;

/** An answer without its body; only the first value of a repeated header. Names are in lower case. */
public record ResponseHead(Version version, int status, Map<String, String> headers) {
    /** The version of HTTP of the answer. */
    public enum Version {
        HTTP_1_1,
        HTTP_2
    }

    /** The first header of this name, given in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the status is a 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
