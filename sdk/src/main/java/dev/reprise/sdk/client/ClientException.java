package dev.reprise.sdk.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a client did not get what it asked for. {@link #reason} says whose doing that is.
 *
 * <p>It is no {@link dev.reprise.sdk.TerminalException}: thrown in the closure of a run it is retried, like any other
 * exception. Immutable.
 */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whose doing it is. */
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
         * The client waits no longer, as its {@link StallPolicy} says: the invocation it waits for, or one that this
         * one waits for, is paused or fails again and again. It has not ended; {@link #invocationId} is the one that
         * does not get on.
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
     * @param reason whose doing it is
     * @param code an HTTP status code, or one of {@link dev.reprise.protocol.ErrorCode}
     * @param message what went wrong
     * @param metadata details the handler gave
     * @param invocationId the invocation it is about; null if there is none or it is not known
     * @param cause what is beneath; null if there is nothing
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
     * The same, with the stack of the thread that waited; the cause is the one that failed it, or what the handler
     * threw.
     */
    ClientException atCaller() {
        Throwable beneath = reason == Reason.STALLED ? getCause() : this;
        return new ClientException(reason, code, getMessage(), metadata, invocationId, beneath);
    }

    /** Whose doing it is. */
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

    /** The details the handler gave, in its order. A copy the caller may change. */
    public Map<String, String> metadata() {
        return new LinkedHashMap<>(metadata);
    }

    /** The invocation it is about; empty if there is none, or if it is not known. */
    public Optional<String> invocationId() {
        return Optional.ofNullable(invocationId);
    }
}
