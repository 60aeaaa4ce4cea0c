package dev.reprise.endpoint;

import java.io.Serial;

/** An endpoint could not be registered; the message says what to do. */
public final class RegistrationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RegistrationException(String message) {
        super(message);
    }

    RegistrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
