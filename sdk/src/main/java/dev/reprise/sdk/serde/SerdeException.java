package dev.reprise.sdk.serde;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A value could not be written as bytes, bytes could not be read as a value, or there is no serde for a type. The message
 * says what was expected, what was found and what to do.
 */
public final class SerdeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With a message and what caused it.
     *
     * @param message what was expected, what was found, what to do
     * @param cause the library's exception, if there is one
     */
    public SerdeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
