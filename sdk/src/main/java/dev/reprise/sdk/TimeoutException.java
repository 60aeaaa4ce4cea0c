package dev.reprise.sdk;

import java.time.Duration;

/**
 * A promise did not settle in the time it was given by {@link RestatePromise#orTimeout} or
 * {@link RestatePromise#await(Duration)}. The time is measured by the engine and recorded, so a replay times out alike.
 *
 * <p>What was awaited goes on: the promise itself can be awaited again.
 */
public final class TimeoutException extends TerminalException {
    private static final long serialVersionUID = 1L;

    private static final int REQUEST_TIMEOUT = 408;

    /** The failure with code 408 after {@code timeout}. */
    public TimeoutException(Duration timeout) {
        this("timed out after " + timeout);
    }

    /** The failure with code 408 and a message. */
    public TimeoutException(String message) {
        super(REQUEST_TIMEOUT, message);
    }
}
