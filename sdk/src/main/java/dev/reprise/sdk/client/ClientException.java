package dev.reprise.sdk.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a client did not get what it asked for. {@link #reason} says who caused it.
 *
 * <p>It is not a {@link dev.reprise.sdk.TerminalException}: if the closure of a run throws it, the run is retried as
 * after any other exception. Immutable.
 */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who caused it. */
    public enum Reason {
        /** The invocation ended with a terminal failure; code, message and metadata are the handler's. */
        INVOCATION_FAILED,
        /**
         * The engine refused the request: no such handler or invocation, a bad argument. Sending it again is useless.
         */
        REFUSED,
        /**
         * The engine could not be reached, or the connection broke before it answered. Unless the request was safe to
         * repeat, it is not known whether the engine has accepted it.
         */
        UNAVAILABLE,
        /**
         * The client stops waiting because of its {@link StallPolicy}: the invocation that it waits for, or one that
         * this one waits for, is paused or keeps failing. It has not ended; {@link #invocationId} is the one that makes
         * no progress.
         */
        STALLED
    }

    private final Reason reason;
    private final int code;
    private final LinkedHashMap<String, String> metadata;
    private final @Nullable String invocationId;

    /**
     * A failure.
     *
     * @param reason who caused it
     * @param code an HTTP status code, or one of {@link dev.reprise.protocol.ErrorCode}
     * @param message what went wrong
     * @param metadata details from the handler
     * @param invocationId the invocation concerned; null if there is none or it is unknown
     * @param cause the underlying exception; null if there is none
     */
    public ClientException(
            Reason reason,
            int code,
            String message,
            Map<String, String> metadata,
            @Nullable String invocationId,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.code = code;
        this.metadata = new LinkedHashMap<>(metadata);
        this.invocationId = invocationId;
    }

    static ClientException refused(int code, String message, @Nullable String invocationId) {
        return new ClientException(Reason.REFUSED, code, message, Map.of(), invocationId, null);
    }

    static ClientException unavailable(String message, @Nullable Throwable cause) {
        return new ClientException(Reason.UNAVAILABLE, 503, message, Map.of(), null, cause);
    }

    /**
     * The same, with the stack of the waiting thread; the cause is the exception that failed it, or the one that the
     * handler threw.
     */
    ClientException atCaller() {
        Throwable beneath = reason == Reason.STALLED ? getCause() : this;
        return new ClientException(reason, code, getMessage(), metadata, invocationId, beneath);
    }

    /** Who caused it. */
    public Reason reason() {
        return reason;
    }

    /** An HTTP status code, or one of {@link dev.reprise.protocol.ErrorCode}; 503 when the engine was not reached. */
    public int code() {
        return code;
    }

    /** What went wrong; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The details from the handler, in its order. A copy that the caller may change. */
    public Map<String, String> metadata() {
        return new LinkedHashMap<>(metadata);
    }

    /** The invocation concerned; empty if there is none, or if it is unknown. */
    public Optional<String> invocationId() {
        return Optional.ofNullable(invocationId);
    }
}
