package dev.reprise.server.ingress;

import dev.reprise.server.config.HumanDuration;
import java.time.Duration;

/**
 * Reads the {@code delay} of a send: an ISO 8601 duration ({@code PT1M}), or one with units ({@code 10s}, {@code 1h
 * 30m}).
 */
final class DelayParameter {
    private DelayParameter() {}

    /**
     * Reads a delay.
     *
     * @throws IngressException when it has neither form, is negative or is out of range
     */
    static Duration parse(String text) {
        try {
            return HumanDuration.parse(text);
        } catch (IllegalArgumentException _) {
            throw new IngressException(400, "bad delay query parameter, must be a ISO8601 duration: '" + text + "'");
        }
    }
}
