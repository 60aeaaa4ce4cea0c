package dev.reprise.engine;

import java.io.IOException;

/**
 * Serves the admin API, SQL and the web page over an engine that is part of a program. The artifact {@code
 * reprise-server} provides one, which {@link java.util.ServiceLoader} finds; so a program that does without has none
 * of what it needs.
 */
public interface AdminProvider {
    /** What clients may do. */
    enum Access {
        /** Read only. */
        READ,
        /** Change as well: cancel and kill invocations, and edit state. */
        CHANGE
    }

    /** A port that is served until it is closed. */
    interface Served extends AutoCloseable {
        /** The port that it listens on. */
        int port();

        @Override
        void close();
    }

    /**
     * Starts serving on this machine's loopback address.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @throws IOException when the port is taken or may not be used
     */
    Served serve(Engine engine, int port, Access access) throws IOException;
}
