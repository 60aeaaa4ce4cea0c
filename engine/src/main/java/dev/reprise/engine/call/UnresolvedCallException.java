package dev.reprise.engine.call;

import org.jspecify.annotations.Nullable;

/** A call that cannot be made; {@code code} is an HTTP status. */
public final class UnresolvedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final @Nullable String errorCode;

    public UnresolvedCallException(int code, String message) {
        this(code, null, message);
    }

    UnresolvedCallException(int code, @Nullable String errorCode, String message) {
        super(message);
        this.code = code;
        this.errorCode = errorCode;
    }

    /** A call to a service that no deployment has registered. */
    public static UnresolvedCallException serviceNotFound(String service) {
        return new UnresolvedCallException(
                404, "service '" + service + "' not found, make sure to register the service before calling it.");
    }

    /** A call to a handler that its service does not have. */
    public static UnresolvedCallException handlerNotFound(String service, String handler) {
        return new UnresolvedCallException(
                404,
                "the service '" + service + "' exists, but the handler '" + handler
                        + "' was not found, check that the handler exists in the latest registered service version.");
    }

    /** The code under which Restate's documentation explains it; null if it has none. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    public int code() {
        return code;
    }
}
