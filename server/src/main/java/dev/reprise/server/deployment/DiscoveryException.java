package dev.reprise.server.deployment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment could not be asked what it serves, or its answer cannot be used. */
public final class DiscoveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String code;
    private final boolean retryable;

    DiscoveryException(@Nullable String code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    /** An answer that cannot be used, however often it is asked for. */
    static DiscoveryException badAnswer(String message) {
        return new DiscoveryException("META0013", "received a bad response from the SDK: " + message, false);
    }

    /** The code under which Restate's documentation explains it, {@code META0003} for instance. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    boolean isRetryable() {
        return retryable;
    }
}
