package dev.reprise.server.http;

import org.eclipse.jetty.io.QuietException;

/** Nobody wants the answer any more. */
public final class ClientGoneException extends RuntimeException implements QuietException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(Throwable cause) {
        super("the client has gone while its request waited", cause);
    }
}
