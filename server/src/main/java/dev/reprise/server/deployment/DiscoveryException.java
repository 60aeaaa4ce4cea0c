package dev.reprise.server.deployment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment could not be asked what it serves, or its answer is unusable. */
public final class DiscoveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String code;
    private final boolean retryable;

    DiscoveryException(@Nullable String code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    /** The answer is unusable, and asking again will not help. */
    static DiscoveryException badAnswer(String message) {
        return new DiscoveryException("META0013", "received a bad response from the SDK: " + message, false);
    }

    /** The code under which Restate's documentation explains it, such as {@code META0003}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    boolean isRetryable() {
        return retryable;
    }
}
