package dev.reprise.sdk.serde;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A value could not be written as bytes, bytes could not be read as a value, or there is no serde for a type. The
 * message says what was expected, what was found and what to do.
 *
 * <p>Retrying does not help. If a handler throws it, or the serde that writes the result of a run, it pauses the
 * invocation like a {@link dev.reprise.sdk.PauseException}, so that the invocation can be resumed with code that can
 * read what was recorded. Your own serde should throw another exception for a temporary problem, such as a key service
 * that does not answer.
 */
public final class SerdeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With a message and a cause.
     *
     * @param message what was expected, what was found, what to do
     * @param cause the library's exception, if there is one
     */
    public SerdeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
