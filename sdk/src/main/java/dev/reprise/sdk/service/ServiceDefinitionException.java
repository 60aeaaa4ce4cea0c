package dev.reprise.sdk.service;

import java.io.Serial;

/**
 * A class or a builder does not describe a service. Thrown only when services are bound. The message says what was
 * expected, what was found and what to do.
 */
public final class ServiceDefinitionException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    ServiceDefinitionException(String message) {
        super(message);
    }

    ServiceDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
