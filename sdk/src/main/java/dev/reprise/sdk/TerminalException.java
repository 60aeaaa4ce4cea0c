package dev.reprise.sdk;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.WellFormed;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A failure that is final. Thrown by a handler it ends the invocation with this failure; thrown by the closure of a run
 * it is the run's recorded result. Every other exception is retried instead.
 *
 * <p>Awaiting a promise throws it when what is awaited failed for good: a call, a run, an awakeable that was rejected.
 *
 * <p>Immutable, so any thread may read it. A replay sees the same code, message and metadata; the stack trace is that
 * of the place it is thrown at in the running attempt.
 */
public sealed class TerminalException extends RuntimeException
        permits AggregateException, CancelledException, PromiseCancelledException, TimeoutException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final LinkedHashMap<String, String> metadata;

    /**
     * A failure with code 500.
     *
     * @param message what went wrong, for a human reader; recorded
     */
    public TerminalException(String message) {
        this(ErrorCode.INTERNAL, message);
    }

    /**
     * A failure with a code of its own.
     *
     * @param code an HTTP status code; callers over HTTP get it as the response's status
     * @param message what went wrong, for a human reader; recorded
     */
    public TerminalException(int code, String message) {
        this(code, message, Map.of());
    }

    /**
     * A failure with details for the program that gets it.
     *
     * @param code an HTTP status code; callers over HTTP get it as the response's status
     * @param message what went wrong, for a human reader; recorded
     * @param metadata recorded with the failure, in the map's order. Needs an engine that speaks protocol version 6;
     *     with an older one the attempt fails
     * @throws IllegalArgumentException when the metadata has half of a surrogate pair; in a message it becomes an
     *     escape
     */
    public TerminalException(int code, String message, Map<String, String> metadata) {
        super(message);
        this.code = code;
        this.metadata = new LinkedHashMap<>(metadata);
        metadata.forEach((key, value) -> {
            WellFormed.require("key of a failure's metadata", key);
            WellFormed.require("value of a failure's metadata", value);
        });
    }

    /** An HTTP status code, or one of {@link ErrorCode}. */
    public final int code() {
        return code;
    }

    /** What went wrong; never null. */
    @Override
    public final String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** The details recorded with the failure, in the order they were given. A copy the caller may change. */
    public final Map<String, String> metadata() {
        return new LinkedHashMap<>(metadata);
    }
}
