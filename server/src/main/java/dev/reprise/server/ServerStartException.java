package dev.reprise.server;

/** The server cannot start; the message says what to do. */
final class ServerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
