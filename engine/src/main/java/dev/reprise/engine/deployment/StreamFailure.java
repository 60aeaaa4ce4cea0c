package dev.reprise.engine.deployment;

import dev.reprise.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a stream to a deployment broke or could not be opened.
 *
 * @param code an HTTP status code, or one of {@link ErrorCode}
 * @param errorCode the code under which Restate's documentation explains it, such as {@code RT0010}; null if it has
 *     none
 * @param message what was expected, what was found, and what an operator can do
 * @param retryDelayMillis the delay that the deployment asked for before a retry; null if it did not ask
 * @param reachedHandler whether the handler may have run
 */
public record StreamFailure(
        int code,
        @Nullable String errorCode,
        String message,
        @Nullable Long retryDelayMillis,
        boolean reachedHandler) {

    /** A failure after which the handler may have run. */
    public StreamFailure(int code, @Nullable String errorCode, String message, @Nullable Long retryDelayMillis) {
        this(code, errorCode, message, retryDelayMillis, true);
    }

    /** A failure before the handler could begin. */
    public StreamFailure beforeHandler() {
        return new StreamFailure(code, errorCode, message, retryDelayMillis, false);
    }

    /** A failure on the way to the deployment or back. */
    public static StreamFailure network(String message) {
        return new StreamFailure(ErrorCode.INTERNAL, "RT0010", message, null);
    }

    /** A deployment answered something that the protocol does not allow. */
    public static StreamFailure protocol(String message) {
        return new StreamFailure(ErrorCode.INTERNAL, "RT0012", message, null);
    }
}
