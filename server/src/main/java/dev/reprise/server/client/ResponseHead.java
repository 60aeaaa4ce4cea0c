package dev.reprise.server.client;

import java.util.Map;
import java.util.Optional;

/** An answer without its body; of a header that came several times the first value. Names are in lower case. */
public record ResponseHead(Version version, int status, Map<String, String> headers) {
    /** Which version of HTTP the answer came in. */
    public enum Version {
        HTTP_1_1,
        HTTP_2
    }

    /** The first header of a name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the status is of the 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
