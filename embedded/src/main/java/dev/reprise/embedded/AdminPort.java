package dev.reprise.embedded;

import dev.reprise.engine.AdminProvider;
import dev.reprise.engine.Engine;
import dev.reprise.sdk.service.StartException;
import java.io.IOException;
import java.util.ServiceLoader;

/**
 * A port for the admin API and the web page that a program has asked for.
 *
 * @param provider what serves it, from an artifact of its own
 * @param port 0 for any free one
 */
record AdminPort(AdminProvider provider, int port, AdminProvider.Access access) {
    AdminPort {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("Expected a port of 0 to 65535, found " + port + ".");
        }
    }

    /** A port that is served by what is on the class path or the module path. */
    static AdminPort of(int port, AdminProvider.Access access) {
        return ServiceLoader.load(AdminProvider.class, AdminPort.class.getClassLoader())
                .findFirst()
                .map(provider -> new AdminPort(provider, port, access))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected something that serves the admin API and the web page, found nothing. Add the artifact"
                                + " dev.reprise:reprise-server, in the version of reprise-embedded, to what the program"
                                + " runs with."));
    }

    AdminProvider.Served serve(Engine engine) {
        try {
            return provider.serve(engine, port, access);
        } catch (IOException e) {
            throw new StartException(
                    "Expected to serve the admin API on port " + port + ", failed: " + e.getMessage(), e);
        }
    }
}
