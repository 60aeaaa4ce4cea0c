package dev.reprise.sdk.service;

import java.io.Serial;

/**
 * Services cannot be served here and now: the port is taken, the data folder is in use, damaged or of another version.
 * The message says what was found and what to do. What is wrong in the program itself, a setting or the shape of a
 * service, is an {@link IllegalArgumentException} instead.
 */
public final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With a message and what caused it.
     *
     * @param message what was expected, what was found, what to do
     * @param cause what the network, the log or the store says
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
