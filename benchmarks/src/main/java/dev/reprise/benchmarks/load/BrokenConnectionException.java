package dev.reprise.benchmarks.load;

import java.io.IOException;

/** The connection was closed before the answer was there, or brought something that is no answer. */
final class BrokenConnectionException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenConnectionException(String message) {
        super(message);
    }
}
