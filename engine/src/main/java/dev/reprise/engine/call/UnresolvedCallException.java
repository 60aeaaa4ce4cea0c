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

    /** Under which Restate's documentation explains it; null if it has none. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    public int code() {
        return code;
    }
}
